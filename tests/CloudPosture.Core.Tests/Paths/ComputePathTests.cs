using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Paths;
using CloudPosture.Tests.Assessment;
using CloudPosture.Tests.Escalation;

namespace CloudPosture.Tests.Paths;

/// <summary>Paths through compute that services run: each is there, and not where its own setting stops it.</summary>
public sealed class ComputePathTests
{
    private const string Strong = "arn:aws:iam::111122223333:role/strong";
    private const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:hello";

    [Theory]
    [InlineData("""{"NetworkConfiguration":{"IngressConfiguration":{"IsPubliclyAccessible":true}},"Status":"RUNNING"}""", 1)]
    [InlineData("""{"NetworkConfiguration":{"IngressConfiguration":{"IsPubliclyAccessible":false}},"Status":"RUNNING"}""", 0)]
    [InlineData("""{"NetworkConfiguration":{"IngressConfiguration":{"IsPubliclyAccessible":true}},"Status":"PAUSED"}""", 0)]
    public void An_App_Runner_service_acts_as_its_role_where_its_ingress_is_public(string details, int count)
    {
        var json = JsonNode.Parse(details)!;
        json["InstanceConfiguration"] = JsonNode.Parse($$"""{"InstanceRoleArn":"{{Strong}}"}""");
        var estate = Alone();
        estate.Put("AWS::AppRunner::Service", "web", "arn:aws:apprunner:eu-central-1:111122223333:service/web/1", $$"""{"Details":{{json.ToJsonString()}} }""");

        Assert.Equal(count, estate.ToAdmin().Count(path => path.ResourceType == "AWS::AppRunner::Service"));
    }

    [Theory]
    [InlineData("""{"PublicAddress":"198.51.100.7","Status":"READY"}""", 1)]
    [InlineData("""{"PrivateAddress":"10.0.0.7","Status":"READY"}""", 0)]
    public void A_development_endpoint_of_Glue_acts_as_its_role_where_it_has_a_public_address(string json, int count)
    {
        var endpoint = JsonNode.Parse(json)!;
        endpoint["RoleArn"] = Strong;
        var estate = Alone();
        estate.Put("AWS::Glue::DevEndpoint", "dev", "arn:aws:glue:eu-central-1:111122223333:devEndpoint/dev", endpoint.ToJsonString());

        Assert.Equal(count, estate.ToAdmin().Count);
    }

    [Theory]
    [InlineData("AWS::EKS::Cluster", """{"Cluster":{"status":"ACTIVE","resourcesVpcConfig":{"endpointPublicAccess":true,"publicAccessCidrs":["0.0.0.0/0"]}}}""", ExposureDegree.Reachable)]
    [InlineData("AWS::EKS::Cluster", """{"Cluster":{"status":"ACTIVE","resourcesVpcConfig":{"endpointPublicAccess":true,"publicAccessCidrs":["0.0.0.0/1","128.0.0.0/1"]}}}""", ExposureDegree.Reachable)]
    [InlineData("AWS::EKS::Cluster", """{"Cluster":{"status":"ACTIVE","resourcesVpcConfig":{"endpointPublicAccess":true,"publicAccessCidrs":["198.51.100.0/24"]}}}""", ExposureDegree.Stopped)]
    [InlineData("AWS::EKS::Cluster", """{"Cluster":{"status":"ACTIVE","resourcesVpcConfig":{"endpointPublicAccess":false,"publicAccessCidrs":["0.0.0.0/0"]}}}""", ExposureDegree.Stopped)]
    [InlineData("AWS::BedrockAgentCore::Gateway", """{"authorizerType":"NONE","status":"READY"}""", ExposureDegree.Reachable)]
    [InlineData("AWS::BedrockAgentCore::Gateway", """{"authorizerType":"AWS_IAM","status":"READY"}""", ExposureDegree.Stopped)]
    [InlineData("AWS::Lightsail::Database", """{"publiclyAccessible":true,"state":"available"}""", ExposureDegree.Reachable)]
    [InlineData("AWS::Lightsail::Database", """{"publiclyAccessible":false,"state":"available"}""", ExposureDegree.Stopped)]
    [InlineData("AWS::Lightsail::Instance", """{"publicIpAddress":"198.51.100.50","state":{"name":"running"},"networking":{"ports":[{"fromPort":22,"toPort":22,"protocol":"tcp","cidrs":["0.0.0.0/0"]}]}}""", ExposureDegree.Reachable)]
    [InlineData("AWS::Lightsail::Instance", """{"publicIpAddress":"198.51.100.50","state":{"name":"stopped"},"networking":{"ports":[{"fromPort":22,"toPort":22,"protocol":"tcp","cidrs":["0.0.0.0/0"]}]}}""", ExposureDegree.Stopped)]
    [InlineData("AWS::Lightsail::Instance", """{"state":{"name":"running"},"networking":{"ports":[{"fromPort":22,"toPort":22,"protocol":"tcp","cidrs":["0.0.0.0/0"]}]}}""", ExposureDegree.Stopped)]
    [InlineData("AWS::Lightsail::Instance", """{"publicIpAddress":"198.51.100.50","state":{"name":"running"},"networking":{"ports":[{"fromPort":22,"toPort":22,"protocol":"tcp","cidrs":["192.0.2.0/24"]}]}}""", ExposureDegree.Closed)]
    public void A_service_says_for_itself_whom_it_answers(string type, string json, ExposureDegree degree) =>
        Assert.Equal(degree, Assert.Single(ExposureReport.Read([Given.Account(Given.Resource(type, "thing", "arn:aws:service:eu-central-1:111122223333:thing", json))]).From("Internet")).Degree);

    [Fact]
    public void A_function_behind_an_API_that_asks_for_nothing_acts_as_its_role()
    {
        var estate = Alone();
        estate.Put("AWS::Lambda::Function", "hello", Function, $$$"""
            {"Role":"{{{Strong}}}","Policy":{"Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"{{{Function}}}",
             "Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:eu-central-1:111122223333:h1/*"} } }]} }
            """);
        estate.Put("AWS::ApiGatewayV2::Api", "h1", "arn:aws:apigateway:eu-central-1::/apis/h1", $$"""
            {"ProtocolType":"HTTP","Stages":[{"StageName":"$default"}],"Routes":[{"RouteKey":"$default","AuthorizationType":"NONE","Target":"integrations/i"}],
             "Integrations":[{"IntegrationId":"i","IntegrationType":"AWS_PROXY","IntegrationUri":"{{Function}}"}] }
            """);

        var path = Assert.Single(estate.ToAdmin());
        Assert.Equal(("Internet > request > Function hello > acts-as > role strong", Severity.Critical), (path.Path, path.Severity));
        Assert.Equal("Internet > h1 > hello", path.Steps[0].Through);
    }

    [Theory]
    [InlineData("eks:cluster-name", "shop", true)]
    [InlineData("kubernetes.io/cluster/shop", "owned", true)]
    [InlineData("eks:cluster-name", "other", false)]
    public void From_a_node_paths_lead_on_by_the_roles_of_pods_that_may_run_there(string tag, string value, bool isNode)
    {
        var estate = new Estate();
        estate.Grants.Clear();
        estate.Town.Remove("i-1");
        estate.Put("AWS::EC2::Instance", "i-1", Estate.Instance, """{"InstanceId":"i-1","State":{"Name":"running"},"IamInstanceProfile":{"Arn":"arn:aws:iam::111122223333:instance-profile/app"}}""", new Dictionary<string, string> { [tag] = value });
        estate.Put("AWS::EKS::Cluster", "shop", "arn:aws:eks:eu-central-1:111122223333:cluster/shop", """{"Cluster":{"name":"shop","identity":{"oidc":{"issuer":"https://oidc.eks.eu-central-1.amazonaws.com/id/ABC"}}}}""");
        estate.Put("AWS::EKS::PodIdentityAssociation", "a-1", "arn:aws:eks:eu-central-1:111122223333:podidentityassociation/shop/a-1", $$"""{"clusterName":"shop","namespace":"prod","serviceAccount":"api","Details":{"roleArn":"{{Strong}}"} }""");
        estate.More.Add(plant => plant.Role("irsa", [Plant.Allow("*")], [Plant.TrustOf("Federated", "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC")]));

        var paths = estate.ToAdmin();

        Assert.Equal(isNode ? ["role irsa", "role strong"] : [], paths.Select(path => path.Goal).Order(StringComparer.Ordinal));
        Assert.All(paths, path => Assert.Equal((false, Severity.High), (path.IsCertain, path.Severity)));
        Assert.Equal(isNode ? "a pod of the service account prod/api runs on i-1" : null, paths.FirstOrDefault(path => path.Goal == "role strong")?.Conditions);
    }

    [Theory]
    [InlineData(Severity.Critical, Severity.Critical)]
    [InlineData(Severity.Medium, Severity.High)]
    public void A_path_whose_compute_has_a_critical_finding_is_worse(Severity found, Severity expected)
    {
        var estate = Estate.Of(estate => estate.Unread.Add("AWS::EC2::SecurityGroup"));
        var paths = estate.ToAdmin();
        Assert.Equal(Severity.High, Assert.Single(paths).Severity);

        var path = Assert.Single(PathEvidence.With(paths, [FindingOn(Estate.Instance, found), FindingOn("arn:aws:ec2:eu-central-1:111122223333:thing/i-7", Severity.Critical)]));

        Assert.Equal((expected, $"{found}: a hole (i-1)"), (path.Severity, path.Findings));
    }

    private static Finding FindingOn(string arn, Severity severity) => new()
    {
        FindingId = arn,
        RuleId = "Inspector.Vulnerability",
        Title = "a hole",
        Severity = severity,
        Status = FindingStatus.Fail,
        Service = "inspector2",
        ResourceType = "AWS::EC2::Instance",
        ResourceId = arn.Substring(arn.LastIndexOf('/') + 1),
        ResourceArn = arn,
        ResourceName = "",
        AccountId = Given.AccountId,
        AccountName = "",
        Region = Given.Region,
        Evidence = "",
        HarvestId = "h1",
        Connection = "prod",
        FirstSeen = Given.Now,
        LastSeen = Given.Now,
    };

    private static Estate Alone() => Estate.Of(estate => estate.Town.Remove("eni-1"));
}
