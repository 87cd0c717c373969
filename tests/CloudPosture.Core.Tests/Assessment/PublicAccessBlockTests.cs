using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Tests.Assessment;

public sealed class PublicAccessBlockTests
{
    private const string Two = """{"PublicAccessBlock":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":false}}""";
    private const string OtherTwo = """{"PublicAccessBlock":{"BlockPublicPolicy":true,"RestrictPublicBuckets":true}}""";

    [Theory]
    [InlineData(Two, OtherTwo, FindingStatus.Pass)]
    [InlineData(OtherTwo, Two, FindingStatus.Pass)]
    [InlineData(Two, Two, FindingStatus.Fail)]
    [InlineData(Two, "{}", FindingStatus.Fail)]
    [InlineData(Two, null, FindingStatus.NotAssessed)]
    public void Settings_of_account_and_bucket_add_up(string bucket, string? account, FindingStatus expected)
    {
        var rules = Given.RuleOnBuckets("{derived: publicAccessIsBlocked}");
        var snapshot = new MemorySnapshot(account is null ? ["s3"] : ["s3", "s3control"], account is null ? [Given.Bucket("b", bucket)] : [Given.Bucket("b", bucket), Given.Resource("AWS::S3::AccountPublicAccessBlock", Given.AccountId, "arn:block", account)])
        {
            AccountId = Given.AccountId,
            Regions = [Given.Region],
            HarvestedAt = Given.Now,
        };

        Assert.Equal(expected, Assessor.Assess(snapshot, rules).Single().Status);
    }
}
