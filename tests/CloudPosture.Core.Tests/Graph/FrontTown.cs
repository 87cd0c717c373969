using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Lake.Resources;
using CloudPosture.Posture.Paths;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

/// <summary>Distributions, APIs and what stands behind them, of which the tests of fronts are made.</summary>
internal static class FrontTown
{
    public const string Distribution = "arn:aws:cloudfront::111122223333:distribution/E1";
    public const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:hello";
    public const string Rest = "arn:aws:apigateway:eu-central-1::/restapis/a1";
    public const string Http = "arn:aws:apigateway:eu-central-1::/apis/h1";
    public const string Balancer = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/1";
    public const string Group = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/1";
    public const string Control = """, "OriginAccessControlId":"E9", "S3OriginConfig":{"OriginAccessIdentity":""}""";

    public static string Allow(string principal, string? condition = null) =>
        $$"""{"Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::site/*"{{(condition is null ? "" : $",\"Condition\":{condition}")}} }]}""";

    public static string Source(string arn) => $$$"""{"StringEquals":{"AWS:SourceArn":"{{{arn}}}"}}""";

    public static string InvokedBy(string source) =>
        $$$"""{"Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"{{{Function}}}","Condition":{"ArnLike":{"AWS:SourceArn":"{{{source}}}"} } }]}""";

    public static Resource Site(string origin, string host = "site.s3.eu-central-1.amazonaws.com", System.Action<JsonNode>? change = null)
    {
        var json = JsonNode.Parse($$"""{"Enabled":true,"Origins":{"Items":[{"Id":"o","DomainName":"{{host}}"{{origin}} }]},"DefaultCacheBehavior":{"TargetOriginId":"o"} }""")!;
        change?.Invoke(json);
        return Given.Resource("AWS::CloudFront::Distribution", "E1", Distribution, json.ToJsonString(), region: "global");
    }

    public static Resource Bucket(string policy) => Given.Bucket("site", policy.Length == 0 ? "{}" : $$"""{"Policy":{{policy}} }""");

    public static Resource Unblocked() => Given.Resource(
        "AWS::S3::AccountPublicAccessBlock", "account", "arn:aws:s3:::account", """{"PublicAccessBlock":{"RestrictPublicBuckets":false,"IgnorePublicAcls":false}}""", region: "global");

    public static Resource Name(string api, string mode = "API_MAPPING_ONLY") => Given.Resource(
        "AWS::ApiGatewayV2::DomainName", "api.example.com", "arn:aws:apigateway:eu-central-1::/domainnames/api.example.com", $$"""{"RoutingMode":"{{mode}}","ApiMappings":[{"ApiId":"{{api}}"}] }""");

    public static Resource FunctionWith(string policy) => Given.Resource("AWS::Lambda::Function", "hello", Function, $$"""{"Policy":{{policy}} }""");

    public static Resource Api(string authorization, string change = "{}")
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
    public static Town Web()
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

    public static PostureExposure Via(string front, params Resource[] resources) => Assert.Single(Lines(resources), line => line.Via == front);

    public static List<PostureExposure> Lines(params Resource[] resources) => [.. ExposureReport.Read([Given.Account(resources)]).From("Internet")];
}
