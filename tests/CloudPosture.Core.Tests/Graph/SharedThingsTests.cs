using CloudPosture.Graph;
using CloudPosture.Lake.Resources;
using CloudPosture.Posture.Paths;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

/// <summary>What has no interface: policies, ACLs, permissions, and the blocks over them.</summary>
public sealed class SharedThingsTests
{
    private const string Open = """{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}""";
    private const string Grant = """{"Grants":[{"Grantee":{"URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"}]}""";

    [Theory]
    [InlineData("", "false", ExposureDegree.Reachable, ExposureStop.None)]
    [InlineData("", "true", ExposureDegree.Stopped, ExposureStop.PublicAccessBlock)]
    [InlineData("""{"RestrictPublicBuckets":true}""", "false", ExposureDegree.Stopped, ExposureStop.PublicAccessBlock)]
    [InlineData("""{"BlockPublicPolicy":true}""", "false", ExposureDegree.Reachable, ExposureStop.None)]
    [InlineData("", null, ExposureDegree.Unknown, ExposureStop.PublicAccessBlock)]
    public void A_bucket_s_policy_counts_unless_a_block_stops_it(string own, string? account, ExposureDegree degree, ExposureStop stop)
    {
        var bucket = Given.Bucket("b", $$"""{"Policy":{{Open}}{{(own.Length == 0 ? "" : $",\"PublicAccessBlock\":{own}")}} }""");

        var exposure = Of("policy", account is null ? [bucket] : [bucket, Account(account)]);

        Assert.Equal((degree, stop), (exposure.Degree, exposure.StoppedBy));
    }

    // The lock of a vault is a policy too: it lets in and keeps out as the access policy does.
    [Theory]
    [InlineData("Allow", null, ExposureDegree.Reachable)]
    [InlineData("Allow", "Deny", ExposureDegree.Closed)]
    [InlineData(null, "Allow", ExposureDegree.Reachable)]
    [InlineData(null, "Deny", ExposureDegree.Closed)]
    public void Both_policies_of_a_vault_count(string? access, string? locked, ExposureDegree degree)
    {
        static string Policy(string? effect) => effect is null ? "null" : $$"""{"Statement":[{"Effect":"{{effect}}","Principal":"*","Action":"glacier:*","Resource":"*"}]}""";
        var vault = Given.Resource("AWS::Glacier::Vault", "v", "arn:aws:glacier:eu-central-1:111122223333:vaults/v", $$"""{"Policy":{{Policy(access)}},"LockPolicy":{{Policy(locked)}} }""");

        Assert.Equal(degree, Of("policy", vault).Degree);
    }

    [Theory]
    [InlineData("", ExposureDegree.Reachable, ExposureStop.None)]
    [InlineData(""","OwnershipControls":{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}""", ExposureDegree.Stopped, ExposureStop.ServiceSetting)]
    [InlineData(""","PublicAccessBlock":{"IgnorePublicAcls":true}""", ExposureDegree.Stopped, ExposureStop.PublicAccessBlock)]
    public void A_bucket_s_ACL_counts_unless_something_stops_it(string more, ExposureDegree degree, ExposureStop stop)
    {
        var exposure = Of("acl", Given.Bucket("b", $$"""{"Acl":{{Grant}}{{more}} }"""), Account("false"));

        Assert.Equal((degree, stop, degree == ExposureDegree.Stopped), (exposure.Degree, exposure.StoppedBy, exposure.IsOnlyStop));
    }

    [Theory]
    [InlineData("unblocked", ExposureDegree.Reachable)]
    [InlineData("block-new-sharing", ExposureDegree.Reachable)]
    [InlineData("block-all-sharing", ExposureDegree.Stopped)]
    public void A_shared_snapshot_counts_unless_its_Region_stops_it(string state, ExposureDegree degree)
    {
        var snapshot = Given.Resource("AWS::EC2::Snapshot", "snap-1", "arn:aws:ec2:eu-central-1:111122223333:snapshot/snap-1", """{"CreateVolumePermissions":[{"Group":"all"}]}""");
        var settings = Given.Resource("AWS::EC2::RegionSettings", Given.Region, "arn:aws:ec2:eu-central-1:111122223333:region-settings/x", $$"""{"SnapshotBlockPublicAccessState":"{{state}}"}""");

        Assert.Equal(degree, Of("permission", snapshot, settings).Degree);
    }

    [Theory]
    [InlineData("AWS::EC2::Image", """{"Public":true}""", ExposureDegree.Reachable)]
    [InlineData("AWS::EC2::Image", """{"Public":false}""", ExposureDegree.Closed)]
    [InlineData("AWS::RDS::DBSnapshot", """{"Attributes":[{"AttributeName":"restore","AttributeValues":["all"]}]}""", ExposureDegree.Reachable)]
    [InlineData("AWS::RDS::DBSnapshot", """{"Attributes":[{"AttributeName":"restore","AttributeValues":["444455556666"]}]}""", ExposureDegree.Closed)]
    [InlineData("AWS::CloudFront::Distribution", """{"Enabled":true}""", ExposureDegree.Reachable)]
    [InlineData("AWS::CloudFront::Distribution", """{"Enabled":false}""", ExposureDegree.Stopped)]
    [InlineData("AWS::ApiGateway::RestApi", """{"endpointConfiguration":{"types":["PRIVATE"]},"Stages":[{}]}""", ExposureDegree.Stopped)]
    [InlineData("AWS::ApiGateway::RestApi", """{"endpointConfiguration":{"types":["REGIONAL"]},"Stages":[{}]}""", ExposureDegree.Reachable)]
    [InlineData("AWS::ApiGatewayV2::Api", """{"DisableExecuteApiEndpoint":true,"Stages":[{}]}""", ExposureDegree.Stopped)]
    public void What_a_service_shares_is_told(string type, string json, ExposureDegree degree) =>
        Assert.Equal(degree, Assert.Single(Report(Given.Resource(type, "thing", "arn:aws:service:eu-central-1:111122223333:thing", json))).Degree);

    [Theory]
    [InlineData("NONE", ExposureDegree.Reachable)]
    [InlineData("AWS_IAM", ExposureDegree.Stopped)]
    public void A_function_s_URL_is_reached_where_it_asks_for_nothing(string auth, ExposureDegree degree)
    {
        var function = Given.Resource("AWS::Lambda::Function", "hello", "arn:aws:lambda:eu-central-1:111122223333:function:hello", $$$"""
            {"UrlConfigs":[{"AuthType":"{{{auth}}}"}],"Policy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"*"}]}}
            """);

        Assert.Equal(degree, Of("url", function).Degree);
    }

    [Fact]
    public void What_is_closed_stays_closed_and_what_was_not_read_stays_unknown()
    {
        var closed = Given.Bucket("closed", """{"Policy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:*","Resource":"*"}]}}""");
        var unread = Given.Bucket("unread", "{}", Given.Gap("AWS::S3::Bucket", "Policy"));

        Assert.Equal(ExposureDegree.Closed, Of("policy", closed).Degree);
        Assert.Equal(ExposureDegree.Unknown, Of("policy", unread).Degree);
    }

    private static Resource Account(string setting) => Given.Resource(
        "AWS::S3::AccountPublicAccessBlock", "account", "arn:aws:s3:::account", $$$"""{"PublicAccessBlock":{"RestrictPublicBuckets":{{{setting}}},"IgnorePublicAcls":{{{setting}}}}}""", region: "global");

    private static PostureExposure Of(string way, params Resource[] resources) => Assert.Single(Report(resources), exposure => exposure.Protocol == way);

    private static PostureExposure[] Report(params Resource[] resources) => [.. ExposureReport.Read([Given.Account(resources)]).From("Internet")];
}
