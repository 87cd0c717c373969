using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Lake.Resources;
using CloudPosture.Tests.Assessment;
using static CloudPosture.Tests.Graph.FrontTown;

namespace CloudPosture.Tests.Graph;

/// <summary>What stands behind APIs: reached by the way their methods, routes and stages lead, or stopped by one thing on it.</summary>
public sealed class ApiFrontTests
{
    public static TheoryData<string, string, ExposureDegree> Methods => new()
    {
        { "NONE", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*/GET/orders"), ExposureDegree.Reachable },
        { "NONE", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"), ExposureDegree.Reachable },
        { "NONE", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*/POST/orders"), ExposureDegree.Stopped },
        { "NONE", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:other/*"), ExposureDegree.Stopped },
        { "NONE", "null", ExposureDegree.Stopped },
        { "AWS_IAM", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"), ExposureDegree.Stopped },
        { "CUSTOM", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"), ExposureDegree.Stopped },
        { "COGNITO_USER_POOLS", InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"), ExposureDegree.Stopped },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_function_behind_a_method_is_reached_where_neither_the_method_nor_its_policy_refuses(string authorization, string policy, ExposureDegree degree) =>
        Assert.Equal(degree, Via(Rest, Api(authorization), FunctionWith(policy)).Degree);

    [Theory]
    [InlineData("""{"endpointConfiguration":{"types":["PRIVATE"]}}""", ExposureDegree.Stopped)]
    [InlineData("""{"disableExecuteApiEndpoint":true}""", ExposureDegree.Stopped)]
    [InlineData("""{"Stages":[]}""", ExposureDegree.Stopped)]
    [InlineData("""{"policy":"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":\\\"*\\\",\\\"Action\\\":\\\"execute-api:Invoke\\\",\\\"Resource\\\":\\\"*\\\",\\\"Condition\\\":{\\\"StringEquals\\\":{\\\"aws:SourceVpce\\\":\\\"vpce-1\\\"}}}]}"}""", ExposureDegree.Stopped)]
    [InlineData("""{"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"*\"}]}"}""", ExposureDegree.Reachable)]
    [InlineData("""{"policy":"none of it"}""", ExposureDegree.Unknown)]
    [InlineData("{}", ExposureDegree.Reachable)]
    public void One_setting_of_an_API_stops_what_is_behind(string change, ExposureDegree degree)
    {
        var (lines, door) = (Lines(Api("NONE", change), FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"))), (PostureExposure?)null);
        door = Assert.Single(lines, line => line.ResourceArn == Rest);

        Assert.Equal((degree, degree), (door.Degree, Assert.Single(lines, line => line.Via == Rest).Degree));
    }

    [Fact]
    public void An_API_whose_methods_all_ask_for_credentials_is_stopped_itself() =>
        Assert.Equal((ExposureDegree.Stopped, ExposureStop.Policy), Assert.Single(Lines(Api("AWS_IAM"))) is var door ? (door.Degree, door.StoppedBy) : default);

    [Fact]
    public void A_web_ACL_of_a_stage_is_told() => Assert.Equal(
        "the web ACL arn:acl may refuse requests",
        Via(Rest, Api("NONE", """{"Stages":[{"stageName":"v1","webAclArn":"arn:acl"}]}"""), FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"))).Guards);

    [Fact]
    public void A_key_of_an_API_is_told_and_is_no_authorization()
    {
        var api = Api("NONE", change: """{"Resources":[{"path":"/orders","resourceMethods":{"GET":{"authorizationType":"NONE","apiKeyRequired":true,"methodIntegration":{"type":"AWS_PROXY","uri":"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111122223333:function:hello/invocations"}}}}]}""");

        Assert.Equal((ExposureDegree.Reachable, "an API key is asked for, which is no authorization"), Via(Rest, api, FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*"))) is var line ? (line.Degree, line.Guards) : default);
    }

    [Fact]
    public void A_bucket_that_a_method_asks_as_a_role_is_not_known_to_answer()
    {
        var api = Api("NONE", change: """{"Resources":[{"path":"/f","resourceMethods":{"GET":{"authorizationType":"NONE","methodIntegration":{"type":"AWS","credentials":"arn:aws:iam::111122223333:role/api","uri":"arn:aws:apigateway:eu-central-1:s3:path/site/{key}"}}}}]}""");

        Assert.Equal((ExposureDegree.Unknown, "site"), Via(Rest, api, Bucket("")) is var line ? (line.Degree, line.ResourceId) : default);
    }

    [Theory]
    [InlineData("NONE", "HTTP", ExposureDegree.Reachable)]
    [InlineData("JWT", "HTTP", ExposureDegree.Stopped)]
    [InlineData("NONE", "WEBSOCKET", ExposureDegree.Reachable)]
    [InlineData("CUSTOM", "WEBSOCKET", ExposureDegree.Stopped)]
    public void A_function_behind_a_route_is_reached_where_the_route_asks_for_nothing(string authorization, string protocol, ExposureDegree degree)
    {
        var key = protocol == "HTTP" ? "ANY /orders" : "$connect";
        var api = Given.Resource("AWS::ApiGatewayV2::Api", "h1", Http, $$"""
            {"ProtocolType":"{{protocol}}","Stages":[{"StageName":"$default"}],"Routes":[{"RouteKey":"{{key}}","AuthorizationType":"{{authorization}}","Target":"integrations/i"},{"RouteKey":"other","AuthorizationType":"NONE"}],
             "Integrations":[{"IntegrationId":"i","IntegrationType":"AWS_PROXY","IntegrationUri":"{{Function}}"}] }
            """);

        Assert.Equal(degree, Via(Http, api, FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:h1/*"))).Degree);
    }

    [Theory]
    [InlineData("a1", "API_MAPPING_ONLY", ExposureDegree.Reachable)]
    [InlineData("other", "API_MAPPING_ONLY", ExposureDegree.Stopped)]
    [InlineData("other", "ROUTING_RULE_THEN_API_MAPPING", ExposureDegree.Unknown)]
    public void An_API_without_its_default_endpoint_is_reached_by_a_domain_name_that_leads_to_it(string mapped, string mode, ExposureDegree degree)
    {
        var lines = Lines(Name(mapped, mode), Api("NONE", """{"disableExecuteApiEndpoint":true}"""), FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*")));

        Assert.Equal((degree, degree), (Assert.Single(lines, line => line.ResourceArn == Rest).Degree, Assert.Single(lines, line => line.Via == Rest).Degree));
    }

    [Theory]
    [InlineData("""[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/16"}]}]""", null, ExposureDegree.Reachable)]
    [InlineData("""[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"sg-link"}]}]""", null, ExposureDegree.Unknown)]
    [InlineData("""[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"sg-link"}]}]""", "sg-link", ExposureDegree.Reachable)]
    [InlineData("""[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"sg-link"}]}]""", "sg-other", ExposureDegree.Closed)]
    public void An_inner_load_balancer_behind_a_VPC_link_is_reached_as_it_lets_the_link_in(string admits, string? groupOfLink, ExposureDegree degree)
    {
        var town = Web();
        town[Balancer]["Scheme"] = "internal";
        town[Balancer]["Listeners"]![0]!["ListenerArn"] = Balancer.Replace(":loadbalancer/", ":listener/") + "/2";
        town["sg-web"]["IpPermissions"] = JsonNode.Parse(admits);
        var api = Given.Resource("AWS::ApiGatewayV2::Api", "h1", Http, $$"""
            {"ProtocolType":"HTTP","Stages":[{"StageName":"$default"}],"Routes":[{"RouteKey":"$default","AuthorizationType":"NONE","Target":"integrations/i"}],
             "Integrations":[{"IntegrationId":"i","IntegrationType":"HTTP_PROXY","ConnectionType":"VPC_LINK","ConnectionId":"v1","IntegrationUri":"{{Balancer.Replace(":loadbalancer/", ":listener/")}}/2"}] }
            """);

        Resource[] links = groupOfLink is null ? [] : [Given.Resource("AWS::ApiGatewayV2::VpcLink", "v1", "arn:aws:apigateway:eu-central-1::/vpclinks/v1", $$"""{"SubnetIds":["subnet-1"],"SecurityGroupIds":["{{groupOfLink}}"]}""")];
        var lines = Lines([.. town.Resources(), api, .. links]);

        Assert.Equal(degree, Assert.Single(lines, line => line.ResourceArn == Balancer && line.Via == Http).Degree);
        Assert.Equal(degree == ExposureDegree.Reachable, lines.Any(line => line.ResourceId == "i-2" && line.Degree == ExposureDegree.Reachable));
    }

    [Fact]
    public void An_inner_network_load_balancer_behind_a_private_link_is_reached_and_so_is_its_target()
    {
        var town = Web();
        (town[Balancer]["Type"], town[Balancer]["Scheme"]) = ("network", "internal");
        town[Balancer].AsObject().Remove("SecurityGroups");
        town["sg-app"]["IpPermissions"]![0]!["IpRanges"] = JsonNode.Parse("""[{"CidrIp":"10.0.1.0/24"}]""");
        var api = Api("NONE", change: """{"Resources":[{"path":"/","resourceMethods":{"GET":{"authorizationType":"NONE","methodIntegration":{"type":"HTTP_PROXY","connectionType":"VPC_LINK","connectionId":"l1","uri":"https://web-1.eu-central-1.elb.amazonaws.com:443/x"}}}}]}""");

        var lines = Lines([.. town.Resources(), api]);

        Assert.Equal(ExposureDegree.Reachable, Assert.Single(lines, line => line.ResourceArn == Balancer && line.Via == Rest).Degree);
        Assert.Contains(lines, line => line.ResourceId == "i-2" && line.Degree == ExposureDegree.Reachable && line.Path.StartsWith("Internet > a1 > l1 > "));
    }

    [Theory]
    [InlineData("""{"authenticationType":"API_KEY"}""", ExposureDegree.Reachable)]
    [InlineData("""{"authenticationType":"AWS_IAM"}""", ExposureDegree.Stopped)]
    [InlineData("""{"authenticationType":"AWS_IAM","additionalAuthenticationProviders":[{"authenticationType":"API_KEY"}]}""", ExposureDegree.Reachable)]
    [InlineData("""{"authenticationType":"API_KEY","visibility":"PRIVATE"}""", ExposureDegree.Stopped)]
    public void A_GraphQL_API_is_reached_where_a_key_is_all_that_it_asks_for(string json, ExposureDegree degree)
    {
        var configuration = JsonNode.Parse(json)!;
        configuration["DataSources"] = JsonNode.Parse($$"""[{"name":"f","type":"AWS_LAMBDA","serviceRoleArn":"arn:aws:iam::111122223333:role/r","lambdaConfig":{"lambdaFunctionArn":"{{Function}}"} }]""");
        var api = Given.Resource("AWS::AppSync::GraphQLApi", "g1", "arn:aws:appsync:eu-central-1:111122223333:apis/g1", configuration.ToJsonString());

        var lines = Lines(api, FunctionWith("null"));

        Assert.Equal(degree, Assert.Single(lines, line => line.ResourceId == "g1").Degree);
        Assert.Equal(degree == ExposureDegree.Reachable ? ExposureDegree.Unknown : degree, Assert.Single(lines, line => line.Via == api.Arn).Degree);
    }

    [Theory]
    [InlineData("""{"stageName":"v1","variables":{"function":"hello"}}""", "v1", ExposureDegree.Reachable)]
    [InlineData("""{"stageName":"v1","variables":{"function":"hello"}}""", "v2", ExposureDegree.Stopped)]
    [InlineData("""{"stageName":"v1","variables":{"function":"other"}}""", "v1", null)]
    [InlineData("""{"stageName":"v1"}""", "v1", null)]
    [InlineData("""{"stageName":"v1","variables":{"function":{"Length":5}}}""", "v1", null)]
    [InlineData("""{"stageName":"v1","variables":{"function":"other"},"canarySettings":{"stageVariableOverrides":{"function":"hello"}}}""", "v1", ExposureDegree.Reachable)]
    public void A_function_that_a_stage_s_variable_names_is_reached_by_that_stage(string stage, string invokedBy, ExposureDegree? degree)
    {
        var api = Api("NONE", $$$"""{"Stages":[{{{stage}}},{"stageName":"v2","variables":{"function":"nobody"} }],"Resources":[{"path":"/orders","resourceMethods":{"GET":{"authorizationType":"NONE","methodIntegration":{"type":"AWS_PROXY","uri":"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111122223333:function:${stageVariables.function}/invocations"} } } }] }""");

        var lines = Lines(api, FunctionWith(InvokedBy($"arn:aws:execute-api:eu-central-1:111122223333:a1/{invokedBy}/GET/orders"))).Where(line => line.Via == Rest);

        Assert.Equal(degree is null ? [] : [degree.Value], lines.Select(line => line.Degree));
    }

    [Fact]
    public void Each_stage_leads_where_its_own_variable_says()
    {
        var town = Web();
        town["sg-web"]["IpPermissions"] = JsonNode.Parse("""[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]""");
        var api = Given.Resource("AWS::ApiGatewayV2::Api", "h1", Http, """
            {"ProtocolType":"HTTP","Stages":[{"StageName":"prod","StageVariables":{"host":"web-1.eu-central-1.elb.amazonaws.com"}},{"StageName":"test","StageVariables":{"host":"site.s3.eu-central-1.amazonaws.com"}},{"StageName":"old"}],
             "Routes":[{"RouteKey":"GET /{proxy+}","AuthorizationType":"NONE","Target":"integrations/i"}],
             "Integrations":[{"IntegrationId":"i","IntegrationType":"HTTP_PROXY","IntegrationUri":"https://${stageVariables.host}/${stageVariables.base}/{proxy}"}]}
            """);

        var lines = Lines([.. town.Resources(), api, Bucket(Allow("\"*\"")), Unblocked()]).Where(line => line.Via == Http).ToList();

        Assert.Contains(lines, line => line is { ResourceArn: Balancer, Degree: ExposureDegree.Reachable });
        Assert.Contains(lines, line => line is { ResourceId: "site", Degree: ExposureDegree.Reachable });
    }

    public static TheoryData<string, string, string?, ExposureDegree?> Registered => new()
    {
        { "10.0.2.10", "", "sg-link", ExposureDegree.Reachable },
        { "10.0.2.10", "", "sg-other", ExposureDegree.Closed },
        { "10.0.2.10", "", null, ExposureDegree.Unknown },
        { "10.0.2.10", "?color=green", "sg-link", ExposureDegree.Unknown },
        { "10.0.2.10", "?color=green", "sg-other", ExposureDegree.Closed },
        { "10.0.2.99", "", "sg-link", null },
    };

    [Theory]
    [MemberData(nameof(Registered))]
    public void What_is_registered_with_Cloud_Map_is_reached_through_the_VPC_link_as_it_lets_the_link_in(string address, string query, string? groupOfLink, ExposureDegree? degree)
    {
        const string Registry = "arn:aws:servicediscovery:eu-central-1:111122223333:service/srv-1";
        var town = Web();
        town["sg-app"]["IpPermissions"]![0]!["UserIdGroupPairs"] = JsonNode.Parse("""[{"GroupId":"sg-link"}]""");
        var api = Given.Resource("AWS::ApiGatewayV2::Api", "h1", Http, $$"""
            {"ProtocolType":"HTTP","Stages":[{"StageName":"$default"}],"Routes":[{"RouteKey":"$default","AuthorizationType":"NONE","Target":"integrations/i"}],
             "Integrations":[{"IntegrationId":"i","IntegrationType":"HTTP_PROXY","ConnectionType":"VPC_LINK","ConnectionId":"v1","IntegrationUri":"{{Registry}}{{query}}"}] }
            """);
        var registry = Given.Resource("AWS::ServiceDiscovery::Service", "srv-1", Registry, $$"""
            {"Instances":[{"Id":"a","Attributes":{"AWS_INSTANCE_IPV4":"{{address}}","AWS_INSTANCE_PORT":"8080"} },{"Id":"b","Attributes":{"AWS_INSTANCE_CNAME":"example.com"} }] }
            """);
        Resource[] links = groupOfLink is null ? [] : [Given.Resource("AWS::ApiGatewayV2::VpcLink", "v1", "arn:aws:apigateway:eu-central-1::/vpclinks/v1", $$"""{"SubnetIds":["subnet-1"],"SecurityGroupIds":["{{groupOfLink}}"]}""")];

        var lines = Lines([.. town.Resources(), api, registry, .. links]).Where(line => line.Via == Http && line.ResourceType == "AWS::EC2::Instance").ToList();

        Assert.Equal(degree is null ? [] : [degree.Value], lines.Select(line => line.Degree));
        Assert.All(lines, line => Assert.Equal(("i-2", "8080"), (line.ResourceId, line.Ports)));
        Assert.All(lines.Where(line => line.Degree == ExposureDegree.Reachable), line => Assert.StartsWith($"Internet > h1 > v1 > {Registry} > ", line.Path));
    }

    [Fact]
    public void A_method_that_names_a_load_balancer_beside_its_address_leads_to_that_one()
    {
        var town = Web();
        town[Balancer]["Scheme"] = "internal";
        var api = Api("NONE", $$"""{"Resources":[{"path":"/","resourceMethods":{"GET":{"authorizationType":"NONE","methodIntegration":{"type":"HTTP_PROXY","connectionType":"VPC_LINK","connectionId":"v1","integrationTarget":"{{Balancer}}","uri":"https://orders.example.com:443/x"} } } }] }""");

        Assert.Equal(ExposureDegree.Reachable, Assert.Single(Lines([.. town.Resources(), api]), line => line.ResourceArn == Balancer && line.Via == Rest).Degree);
    }
}
