using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Tests.Assessment;
using static CloudPosture.Tests.Graph.FrontTown;

namespace CloudPosture.Tests.Graph;

/// <summary>What stands behind distributions: reached by the way they lead, or stopped by one thing on it.</summary>
public sealed class FrontTests
{
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

    [Fact]
    public void A_distribution_leads_through_an_API_to_its_function()
    {
        var lines = Lines(
            Site(""","CustomOriginConfig":{"OriginProtocolPolicy":"https-only"}""", "a1.execute-api.eu-central-1.amazonaws.com"),
            Api("NONE"), FunctionWith(InvokedBy("arn:aws:execute-api:eu-central-1:111122223333:a1/*")));

        Assert.Contains(lines, line => line is { ResourceId: "hello", Degree: ExposureDegree.Reachable, Path: "Internet > E1 > a1 > hello" });
        Assert.Contains(lines, line => line is { ResourceId: "a1", Degree: ExposureDegree.Reachable, Path: "Internet > E1 > a1" });
    }
}
