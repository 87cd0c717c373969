using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Lake.Resources;
using CloudPosture.Posture.Paths;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

/// <summary>What stands behind distributions and APIs: reached by the way they lead, or stopped by one thing on it.</summary>
public sealed class FrontTests
{
    private const string Distribution = "arn:aws:cloudfront::111122223333:distribution/E1";
    private const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:hello";
    private const string Rest = "arn:aws:apigateway:eu-central-1::/restapis/a1";
    private const string Http = "arn:aws:apigateway:eu-central-1::/apis/h1";
    private const string Balancer = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/1";
    private const string Group = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/1";
    private const string Control = """, "OriginAccessControlId":"E9", "S3OriginConfig":{"OriginAccessIdentity":""}""";

    public static TheoryData<string, string, ExposureDegree> Buckets => new()
    {
        { Control, Allow("""{"Service":"cloudfront.amazonaws.com"}""", Source(Distribution)), ExposureDegree.Reachable },
        { Control, Allow("""{"Service":"cloudfront.amazonaws.com"}""", Source("arn:aws:cloudfront::111122223333:distribution/E2")), ExposureDegree.Stopped },
        { Control, Allow("""{"Service":"cloudfront.amazonaws.com"}""", """{"StringEquals":{"AWS:SourceAccount":"444455556666"}}"""), ExposureDegree.Stopped },
        { Control, "", ExposureDegree.Stopped },
        { """, "S3OriginConfig":{"OriginAccessIdentity":"origin-access-identity/cloudfront/E7"}""", Allow("""{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E7"}"""), ExposureDegree.Reachable },
        { """, "S3OriginConfig":{"OriginAccessIdentity":"origin-access-identity/cloudfront/E8"}""", Allow("""{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E7"}"""), ExposureDegree.Stopped },
        { """, "S3OriginConfig":{"OriginAccessIdentity":"origin-access-identity/cloudfront/E8"}""", Allow("""{"CanonicalUser":"79a5"}"""), ExposureDegree.Unknown },
        { "", Allow("\"*\""), ExposureDegree.Reachable },
        { "", Allow("""{"AWS":"arn:aws:iam::111122223333:root"}"""), ExposureDegree.Stopped },
    };

    [Theory]
    [MemberData(nameof(Buckets))]
    public void A_bucket_behind_a_distribution_is_reached_as_its_policy_lets_the_distribution_in(string origin, string policy, ExposureDegree degree)
    {
        var line = Via(Distribution, Site(origin), Bucket(policy), Unblocked());

        Assert.Equal((degree, "site"), (line.Degree, line.ResourceId));
        Assert.Equal("Internet > E1 > site", line.Path);
    }

    [Theory]
    [InlineData("site.s3.eu-central-1.amazonaws.com")]
    [InlineData("site.s3.amazonaws.com")]
    [InlineData("site.s3-website-us-east-1.amazonaws.com")]
    [InlineData("site.s3-website.eu-central-1.amazonaws.com")]
    [InlineData("SITE.s3.dualstack.eu-central-1.amazonaws.com")]
    public void A_bucket_is_known_by_each_of_its_names(string host) =>
        Assert.Equal(ExposureDegree.Reachable, Via(Distribution, Site("", host), Bucket(Allow("\"*\"")), Unblocked()).Degree);

    [Fact]
    public void A_website_s_name_knows_no_signatures() =>
        Assert.Equal(ExposureDegree.Stopped, Via(Distribution, Site(Control, "site.s3-website-eu-west-1.amazonaws.com"), Bucket(Allow("""{"Service":"cloudfront.amazonaws.com"}""")), Unblocked()).Degree);

    [Theory]
    [InlineData("Enabled", "false", ExposureStop.ServiceSetting)]
    [InlineData("DefaultCacheBehavior", """{"TargetOriginId":"o","TrustedKeyGroups":{"Enabled":true,"Items":["k"]}}""", ExposureStop.Policy)]
    [InlineData("DefaultCacheBehavior", """{"TargetOriginId":"o","TrustedSigners":{"Enabled":true,"Items":["self"]}}""", ExposureStop.Policy)]
    public void One_setting_of_a_distribution_stops_what_is_behind(string member, string value, ExposureStop stop)
    {
        var line = Via(Distribution, Site(Control, change: json => json[member] = JsonNode.Parse(value)), Bucket(Allow("""{"Service":"cloudfront.amazonaws.com"}""")));

        Assert.Equal((ExposureDegree.Stopped, stop, "E1", true), (line.Degree, line.StoppedBy, line.StoppedAt, line.IsOnlyStop));
    }

    [Fact]
    public void An_origin_that_one_behavior_asks_without_a_signature_is_reached()
    {
        var line = Via(
            Distribution,
            Site(Control, change: json =>
            {
                json["DefaultCacheBehavior"]!["TrustedKeyGroups"] = JsonNode.Parse("""{"Enabled":true}""");
                json["CacheBehaviors"] = JsonNode.Parse("""{"Items":[{"PathPattern":"/open/*","TargetOriginId":"g"}]}""");
                json["OriginGroups"] = JsonNode.Parse("""{"Items":[{"Id":"g","Members":{"Items":[{"OriginId":"o"}]}}]}""");
            }),
            Bucket(Allow("""{"Service":"cloudfront.amazonaws.com"}""")));

        Assert.Equal(ExposureDegree.Reachable, line.Degree);
    }

    [Fact]
    public void An_origin_that_no_behavior_asks_is_not_reached() =>
        Assert.DoesNotContain(Lines(Site(Control, change: json => json["DefaultCacheBehavior"]!["TargetOriginId"] = "other"), Bucket(Allow("\"*\"")), Unblocked()), line => line.Via.Length > 0);

    [Fact]
    public void A_web_ACL_and_countries_are_told_and_stop_nothing()
    {
        var line = Via(
            Distribution,
            Site(Control, change: json =>
            {
                json["WebACLId"] = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1";
                json["Restrictions"] = JsonNode.Parse("""{"GeoRestriction":{"RestrictionType":"whitelist","Items":["CH"]}}""");
            }),
            Bucket(Allow("""{"Service":"cloudfront.amazonaws.com"}""")));

        Assert.Equal((ExposureDegree.Reachable, "the web ACL arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1 may refuse requests; only these countries are served: CH"), (line.Degree, line.Guards));
    }

    [Theory]
    [InlineData("NONE", "", ExposureDegree.Reachable)]
    [InlineData("AWS_IAM", "", ExposureDegree.Stopped)]
    [InlineData("AWS_IAM", "E9", ExposureDegree.Reachable)]
    public void A_function_s_URL_behind_a_distribution_is_reached_where_it_asks_for_nothing_or_the_distribution_signs(string auth, string control, ExposureDegree degree)
    {
        var function = Given.Resource("AWS::Lambda::Function", "hello", Function, $$$"""
            {"UrlConfigs":[{"AuthType":"{{{auth}}}","FunctionUrl":"https://abc.lambda-url.eu-central-1.on.aws/"}],"Policy":{"Statement":[
              {"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"*","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"} } },
              {"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"lambda:InvokeFunctionUrl","Resource":"*","Condition":{"ArnLike":{"AWS:SourceArn":"{{{Distribution}}}"} } }]} }
            """);

        Assert.Equal(degree, Via(Distribution, Site($$""","OriginAccessControlId":"{{control}}","CustomOriginConfig":{"OriginProtocolPolicy":"https-only"}""", "abc.lambda-url.eu-central-1.on.aws"), function).Degree);
    }

    [Theory]
    [InlineData("0.0.0.0/0", true, ExposureDegree.Reachable)]
    [InlineData("0.0.0.0/0", false, ExposureDegree.Reachable)]
    [InlineData("", true, ExposureDegree.Reachable)]
    [InlineData("", false, ExposureDegree.Unknown)]
    [InlineData("198.51.100.0/24", true, ExposureDegree.Closed)]
    public void A_load_balancer_that_lets_only_CloudFront_in_is_reached_by_it(string cidr, bool isListRead, ExposureDegree degree)
    {
        var town = Web();
        var admits = cidr.Length > 0 ? $$"""[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"{{cidr}}"}]}]""" : """[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"PrefixListIds":[{"PrefixListId":"pl-cf"}]}]""";
        town["sg-web"]["IpPermissions"] = JsonNode.Parse(admits);
        if (isListRead)
        {
            town.Put("AWS::EC2::PrefixList", "pl-cf", """{"PrefixListName":"com.amazonaws.global.cloudfront.origin-facing","OwnerId":"AWS","Entries":[{"Cidr":"203.0.113.0/24"}]}""");
        }

        var lines = Lines([.. town.Resources(), Site(""","CustomOriginConfig":{"OriginProtocolPolicy":"https-only","HTTPSPort":443}""", "dualstack.web-1.eu-central-1.elb.amazonaws.com")]);

        Assert.Equal(degree, Assert.Single(lines, line => line.ResourceArn == Balancer && line.Via == Distribution).Degree);
        Assert.Equal(degree == ExposureDegree.Reachable, lines.Any(line => line.ResourceId == "i-2" && line.Path.Contains("E1") && line.Degree == ExposureDegree.Reachable));
        Assert.Equal(cidr == "0.0.0.0/0", lines.Any(line => line.ResourceArn == Balancer && line.Via.Length == 0 && line.Degree == ExposureDegree.Reachable));
    }

    [Fact]
    public void A_port_that_the_distribution_does_not_ask_leads_nowhere() =>
        Assert.DoesNotContain(Lines([.. Web().Resources(), Site(""","CustomOriginConfig":{"OriginProtocolPolicy":"http-only","HTTPPort":80}""", "web-1.eu-central-1.elb.amazonaws.com")]), line => line.Path.Contains("E1 >"));

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
    [InlineData("api.example.com", true)]
    [InlineData("a1.execute-api.eu-central-1.amazonaws.com", false)]
    public void A_distribution_leads_to_an_API_by_the_names_that_answer(string origin, bool isAnswered)
    {
        var lines = Lines(
            Site(""","CustomOriginConfig":{"OriginProtocolPolicy":"https-only"}""", origin), Name("a1"),
            Api("NONE", """{"disableExecuteApiEndpoint":true}"""), FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*")));

        Assert.Equal(isAnswered, lines.Exists(line => line is { Degree: ExposureDegree.Reachable, Path: "Internet > E1 > a1 > hello" }));
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

    [Fact]
    public void A_distribution_leads_through_an_API_to_its_function()
    {
        var lines = Lines(
            Site(""","CustomOriginConfig":{"OriginProtocolPolicy":"https-only"}""", "a1.execute-api.eu-central-1.amazonaws.com"),
            Api("NONE"), FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*")));

        Assert.Contains(lines, line => line is { ResourceId: "hello", Degree: ExposureDegree.Reachable, Path: "Internet > E1 > a1 > hello" });
        Assert.Contains(lines, line => line is { ResourceId: "a1", Degree: ExposureDegree.Reachable, Path: "Internet > E1 > a1" });
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

    private static string Allow(string principal, string? condition = null) =>
        $$"""{"Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::site/*"{{(condition is null ? "" : $",\"Condition\":{condition}")}} }]}""";

    private static string Source(string arn) => $$$"""{"StringEquals":{"AWS:SourceArn":"{{{arn}}}"}}""";

    private static string InvokedBy(string source) =>
        $$$"""{"Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"{{{Function}}}","Condition":{"ArnLike":{"AWS:SourceArn":"{{{source}}}"} } }]}""";

    private static Resource Site(string origin, string host = "site.s3.eu-central-1.amazonaws.com", System.Action<JsonNode>? change = null)
    {
        var json = JsonNode.Parse($$"""{"Enabled":true,"Origins":{"Items":[{"Id":"o","DomainName":"{{host}}"{{origin}} }]},"DefaultCacheBehavior":{"TargetOriginId":"o"} }""")!;
        change?.Invoke(json);
        return Given.Resource("AWS::CloudFront::Distribution", "E1", Distribution, json.ToJsonString(), region: "global");
    }

    private static Resource Bucket(string policy) => Given.Bucket("site", policy.Length == 0 ? "{}" : $$"""{"Policy":{{policy}} }""");

    private static Resource Unblocked() => Given.Resource(
        "AWS::S3::AccountPublicAccessBlock", "account", "arn:aws:s3:::account", """{"PublicAccessBlock":{"RestrictPublicBuckets":false,"IgnorePublicAcls":false}}""", region: "global");

    private static Resource Name(string api, string mode = "API_MAPPING_ONLY") => Given.Resource(
        "AWS::ApiGatewayV2::DomainName", "api.example.com", "arn:aws:apigateway:eu-central-1::/domainnames/api.example.com", $$"""{"RoutingMode":"{{mode}}","ApiMappings":[{"ApiId":"{{api}}"}] }""");

    private static Resource FunctionWith(string policy) => Given.Resource("AWS::Lambda::Function", "hello", Function, $$"""{"Policy":{{policy}} }""");

    private static Resource Api(string authorization, string change = "{}")
    {
        var json = JsonNode.Parse($$"""
            {"endpointConfiguration":{"types":["REGIONAL"]},"Stages":[{"stageName":"v1"}],"Resources":[{"path":"/orders","resourceMethods":{
              "GET":{"authorizationType":"{{authorization}}","methodIntegration":{"type":"AWS_PROXY","uri":"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{{Function}}/invocations"} },
              "OPTIONS":{"authorizationType":"NONE","methodIntegration":{"type":"MOCK"} } } }] }
            """)!;
        foreach (var member in JsonNode.Parse(change)!.AsObject())
        {
            json[member.Key] = member.Value?.DeepClone();
        }

        return Given.Resource("AWS::ApiGateway::RestApi", "a1", Rest, json.ToJsonString());
    }

    /// <summary>A load balancer at port 443 in the open subnet before an instance in one that is not.</summary>
    private static Town Web()
    {
        var town = new Town();
        town.PutPrivateSubnet();
        town.Put("AWS::EC2::SecurityGroup", "sg-web", """{"GroupId":"sg-web","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}""");
        town.Put("AWS::EC2::SecurityGroup", "sg-app", """{"GroupId":"sg-app","IpPermissions":[{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"UserIdGroupPairs":[{"GroupId":"sg-web"}]}]}""");
        town.Put("AWS::EC2::Instance", "i-2", """{"InstanceId":"i-2","State":{"Name":"running"}}""");
        town.Put("AWS::EC2::NetworkInterface", "eni-2", Town.Interface("10.0.2.10", "subnet-2", "sg-app", "i-2"));
        town.Put("AWS::ElasticLoadBalancingV2::LoadBalancer", Balancer, $$"""
            {"Type":"application","Scheme":"internet-facing","DNSName":"web-1.eu-central-1.elb.amazonaws.com","SecurityGroups":["sg-web"],"AvailabilityZones":[{"SubnetId":"subnet-1"}],
             "Listeners":[{"Protocol":"HTTPS","Port":443,"DefaultActions":[{"Type":"forward","TargetGroupArn":"{{Group}}"}]}] }
            """);
        town.Put("AWS::ElasticLoadBalancingV2::TargetGroup", Group, $$"""
            {"TargetType":"instance","Protocol":"HTTP","Port":8080,"VpcId":"vpc-1","LoadBalancerArns":["{{Balancer}}"],"Targets":[{"Target":{"Id":"i-2","Port":8080} }] }
            """);
        return town;
    }

    private static PostureExposure Via(string front, params Resource[] resources) => Assert.Single(Lines(resources), line => line.Via == front);

    private static List<PostureExposure> Lines(params Resource[] resources) => [.. ExposureReport.Read([Given.Account(resources)]).From("Internet")];
}
