using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Posture.Paths;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

/// <summary>What must hold of anything behind distributions and APIs: taking something away, or narrowing it, never makes more reachable.</summary>
public sealed class FrontPropertyTests
{
    private const string Distribution = "arn:aws:cloudfront::111122223333:distribution/E1";
    private const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:f";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Taking_away_or_narrowing_never_makes_more_reachable(int seed)
    {
        var before = Reached(Make(seed));
        for (var change = 0; change < Changes.Length; change++)
        {
            var estate = Make(seed);
            Changes[change](estate);
            var added = Reached(estate).Where(line => !before.Contains(line) && !before.Contains(line.Replace("Unknown", "Reachable", StringComparison.Ordinal)));

            Assert.True(!added.Any(), $"change {change} let in: {string.Join(", ", added)}; before: {string.Join(", ", before)}");
        }
    }

    [Fact]
    public void Random_estates_are_reached_and_some_are_not() => Assert.InRange(Enumerable.Range(0, 60).Count(seed => Reached(Make(seed)).Any(line => line.StartsWith("Reachable", StringComparison.Ordinal) && line.Contains(" via "))), 10, 58);

    private static readonly Action<Dictionary<string, JsonNode>>[] Changes =
    [
        estate => estate["dist"]["Enabled"] = false,
        estate => estate["dist"]["DefaultCacheBehavior"]!["TrustedKeyGroups"] = JsonNode.Parse("""{"Enabled":true}"""),
        estate => estate["dist"]["Origins"]!["Items"]!.AsArray().RemoveAt(0),
        estate => estate["api"]["endpointConfiguration"] = JsonNode.Parse("""{"types":["PRIVATE"]}"""),
        estate => estate["api"]["Stages"] = new JsonArray(),
        estate => estate["api"]["Resources"]![0]!["resourceMethods"]!["GET"]!["authorizationType"] = "AWS_IAM",
        estate => estate["api"]["policy"] = """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"execute-api:Invoke","Resource":"*"}]}""",
        estate => estate["bucket"]["Policy"] = JsonNode.Parse("""{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}]}"""),
        estate => estate["bucket"]["PublicAccessBlock"] = JsonNode.Parse("""{"RestrictPublicBuckets":true,"IgnorePublicAcls":true}"""),
        estate => estate["function"].AsObject().Remove("Policy"),
        estate =>
        {
            estate["function"]["UrlConfigs"]![0]!["AuthType"] = "AWS_IAM";
            estate["dist"]["Origins"]!["Items"]![0]!["OriginAccessControlId"] = "";
        },
        estate => estate.Remove("api"),
        estate => estate.Remove("dist"),
    ];

    private static HashSet<string> Reached(Dictionary<string, JsonNode> estate)
    {
        var resources = estate.Select(thing => thing.Key switch
        {
            "dist" => Given.Resource("AWS::CloudFront::Distribution", "E1", Distribution, thing.Value.ToJsonString(), region: "global"),
            "api" => Given.Resource("AWS::ApiGateway::RestApi", "a1", "arn:aws:apigateway:eu-central-1::/restapis/a1", thing.Value.ToJsonString()),
            "bucket" => Given.Bucket("b", thing.Value.ToJsonString()),
            _ => Given.Resource("AWS::Lambda::Function", "f", Function, thing.Value.ToJsonString()),
        }).Append(Given.Resource("AWS::S3::AccountPublicAccessBlock", "account", "arn:aws:s3:::account", """{"PublicAccessBlock":{"RestrictPublicBuckets":false,"IgnorePublicAcls":false}}""", region: "global"));
        return [.. ExposureReport.Read([Given.Account([.. resources])]).From("Internet")
            .Where(line => line.Degree is ExposureDegree.Reachable or ExposureDegree.Unknown)
            .Select(line => $"{line.Degree} {line.ResourceId} by {line.Protocol}{(line.Via.Length > 0 ? $" via {line.Via}" : "")}")];
    }

    private static Dictionary<string, JsonNode> Make(int seed)
    {
        var random = new Random(seed);
        string Pick(params string[] of) => of[random.Next(of.Length)];
        var host = Pick("b.s3.eu-central-1.amazonaws.com", "a1.execute-api.eu-central-1.amazonaws.com", "u.lambda-url.eu-central-1.on.aws");
        var signer = Pick("", """,{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":["s3:GetObject","lambda:InvokeFunctionUrl"],"Resource":"*"}""");
        var (reader, invoker) = (Pick("\"*\"", """{"AWS":"arn:aws:iam::111122223333:root"}"""), Pick("\"*\"", """{"Service":"apigateway.amazonaws.com"}"""));
        var open = Pick("", ""","PublicAccessBlock":{"RestrictPublicBuckets":true}""");
        var (enabled, control, auth, authorization) = (Pick("true", "true", "false"), Pick("", "E9"), Pick("NONE", "AWS_IAM"), Pick("NONE", "AWS_IAM", "CUSTOM"));
        return new(StringComparer.Ordinal)
        {
            ["dist"] = JsonNode.Parse($$"""{"Enabled":{{enabled}},"Origins":{"Items":[{"Id":"o","DomainName":"{{host}}","OriginAccessControlId":"{{control}}","CustomOriginConfig":{} }]},"DefaultCacheBehavior":{"TargetOriginId":"o"} }""")!,
            ["api"] = JsonNode.Parse($$"""
                {"Stages":[{"stageName":"v1"}],"Resources":[{"path":"/","resourceMethods":{"GET":{"authorizationType":"{{authorization}}","methodIntegration":{"type":"AWS_PROXY",
                 "uri":"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{{Function}}/invocations"} } } }] }
                """)!,
            ["bucket"] = JsonNode.Parse($$"""{"Policy":{"Statement":[{"Effect":"Allow","Principal":{{reader}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}{{signer}}]}{{open}} }""")!,
            ["function"] = JsonNode.Parse($$"""
                {"UrlConfigs":[{"AuthType":"{{auth}}","FunctionUrl":"https://u.lambda-url.eu-central-1.on.aws/"}],"Policy":{"Statement":[
                 {"Effect":"Allow","Principal":{{invoker}},"Action":["lambda:InvokeFunction","lambda:InvokeFunctionUrl"],"Resource":"*"}{{signer}}]} }
                """)!,
        };
    }
}
