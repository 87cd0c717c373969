using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Tests.Assessment;

public sealed class BucketDerivedTests
{
    private const string Two = """{"PublicAccessBlock":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":false}}""";

    [Theory]
    [InlineData("IgnorePublicAcls", FindingStatus.Pass)]
    [InlineData("RestrictPublicBuckets", FindingStatus.Fail)]
    public void Settings_that_are_named_are_asked_alone(string setting, FindingStatus expected) =>
        Assert.Equal(expected, StatusOf($"{{derived: publicAccessIsBlocked, with: {{settings: [{setting}]}}}}", Given.Bucket("b", Two)));

    [Theory]
    [InlineData("s3:Get*", FindingStatus.Fail)]
    [InlineData("S3:PUT*", FindingStatus.Pass)]
    public void A_policy_is_public_for_the_actions_that_are_asked_about(string actions, FindingStatus expected) =>
        Assert.Equal(expected, StatusOf(
            $"{{derived: policyIsPublic, with: {{field: Policy, actions: [\"{actions}\"]}}, equals: false}}",
            Given.Bucket("b", """{"Policy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}}""")));

    [Theory]
    [InlineData("Enabled", "eu-west-1", FindingStatus.Pass)]
    [InlineData("Disabled", "eu-west-1", FindingStatus.Fail)]
    [InlineData("Enabled", Given.Region, FindingStatus.Fail)]
    [InlineData("Enabled", null, FindingStatus.NotAssessed)]
    public void Replication_counts_where_its_bucket_lies_in_another_Region(string status, string? region, FindingStatus expected)
    {
        var source = Given.Bucket("b", $$$"""{"Replication":{"Rules":[{"Status":"{{{status}}}","Destination":{"Bucket":"arn:aws:s3:::copy"}}]}}""");
        Resource[] buckets = region is null ? [source] : [source, Given.Bucket("copy", "{}") with { Region = region }];

        Assert.Equal(expected, StatusOf("{derived: replicatesToOtherRegion}", buckets));
    }

    private static FindingStatus StatusOf(string condition, params Resource[] buckets)
    {
        var snapshot = new MemorySnapshot(["s3", "s3control", "organizations"], buckets) { AccountId = Given.AccountId, Regions = [Given.Region], HarvestedAt = Given.Now };
        return Assessor.Assess(snapshot, Given.RuleOnBuckets(condition)).First(finding => finding.ResourceId == "b").Status;
    }
}
