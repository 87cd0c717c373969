using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Catalog;
using CloudPosture.Harvest;
using CloudPosture.Lake;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What hangs costs a few waits, not one for each call.</summary>
public sealed class HangingRegionTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Theory]
    [InlineData(AwsErrorKind.TimedOut)]
    [InlineData(AwsErrorKind.Unreachable)]
    public async Task ARegionThatHangsHoldsNeitherTheOthersNorMoreThanAFewCalls(AwsErrorKind kind)
    {
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""")
            .On("sts:GetCallerIdentity", """{"Arn":"arn:me"}""")
            .On("securityhub:DescribeHub", """{"HubArn":"arn:hub"}""");
        Aws.Before = (call, _) => call.Target.Region == "eu-west-1" ? throw ScriptedAws.Error("Timeout", kind) : Task.CompletedTask;
        var request = _harvest.Request() with { ThrottleLimit = 1, Targets = [.. Enumerable.Range(1, 20).Select(i => Target($"{i:000000000000}"))] };

        var summaries = await _harvest.RunAsync(request);

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, ServiceCatalog.Default.Names.Count), (summary.Status, summary.Services)));
        var hung = Aws.Calls.Where(call => call.Region == "eu-west-1").ToList();
        Assert.InRange(hung.Select(call => (call.Account, call.Service)).Distinct().Count(), 1, 3);
        Assert.All(hung.GroupBy(call => call.Operation + call.Service), calls => Assert.InRange(calls.Count(), 1, 3));
        foreach (var account in _harvest.Lake.LatestAccounts())
        {
            Assert.All(account.Gaps, gap => Assert.Equal(("eu-west-1", GapReason.Unreachable), (gap.Region, gap.Reason)));
            var regional = ServiceCatalog.Default.Services.SelectMany(service => service.Resources).Where(type => !type.IsGlobal && !type.ManagementAccountOnly).Select(type => type.Type).Distinct();
            Assert.Empty(regional.Except(account.Gaps.Select(gap => gap.ResourceType)));
        }
    }

    [Fact]
    public async Task AnOperationThatHangsAloneIsLeftAloneAndTheRestIsRead()
    {
        Aws.On("s3:ListBuckets", $$"""{"Buckets":[{{string.Join(",", Enumerable.Range(0, 500).Select(i => $$"""{"Name":"b{{i}}"}"""))}}]}""")
            .On("s3:GetBucketPolicy", _ => ScriptedAws.Error("Timeout", AwsErrorKind.TimedOut));

        await _harvest.RunAsync("s3", "iam");

        Assert.InRange(Aws.Count("s3:GetBucketPolicy"), 3, 3 * 16);
        Assert.Equal(500, _harvest.All("AWS::S3::Bucket").Count);
        Assert.Equal([("Policy", GapReason.Unreachable)], _harvest.All("AWS::S3::Bucket").SelectMany(bucket => bucket.Gaps).Select(gap => (gap.Field!, gap.Reason)).Distinct());
        Assert.DoesNotContain(_harvest.All("AWS::S3::Bucket"), bucket => !bucket.Configuration.TryGetProperty("Versioning", out _));
    }

    [Fact]
    public async Task ACallThatTimesOutOnceIsRepeated()
    {
        var isFirst = true;
        Aws.On("sts:GetCallerIdentity", _ => isFirst && !(isFirst = false) ? ScriptedAws.Error("Timeout", AwsErrorKind.TimedOut) : """{"Arn":"arn:me"}""");

        Assert.Equal((1L, 0L), (await _harvest.RunAsync("sts")).Select(summary => (summary.Retried, summary.Gaps)).Single());
    }

    [Fact]
    public void ARegionIsTriedAgainAfterAWhileAndItsFirstAnswerClearsAll()
    {
        var regions = new HangingRegions(_harvest.Clock);
        var problem = ScriptedAws.Error("Timeout", AwsErrorKind.TimedOut);
        regions.Hung("eu-west-1", "ec2", problem);
        Assert.True(regions.IsSuspect("eu-west-1", "kms"));
        Assert.Null(regions.Refusal("eu-west-1", "ec2"));
        regions.Hung("eu-west-1", "kms", problem);
        regions.Hung("eu-west-1", "sns", problem);

        Assert.Same(problem, regions.Refusal("eu-west-1", "s3"));
        Assert.Null(regions.Refusal("eu-west-2", "s3"));

        _harvest.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(regions.Refusal("eu-west-1", "s3"));
        regions.Hung("eu-west-1", "s3", problem);
        Assert.Same(problem, regions.Refusal("eu-west-1", "s3"));

        regions.Answered("eu-west-1", "sqs");
        Assert.Null(regions.Refusal("eu-west-1", "s3"));
        Assert.False(regions.IsSuspect("eu-west-1", "sqs"));
    }

    [Fact]
    public void AServiceThatHangsInARegionWhereOthersAnswerIsRememberedForTheOtherAccounts()
    {
        var regions = new HangingRegions(_harvest.Clock);
        for (var account = 0; account < 3; account++)
        {
            regions.Hung("eu-west-1", "ec2", ScriptedAws.Error("Timeout", AwsErrorKind.TimedOut));
            regions.Answered("eu-west-1", "kms");
        }

        Assert.NotNull(regions.Refusal("eu-west-1", "ec2"));
        Assert.Null(regions.Refusal("eu-west-1", "kms"));
    }
}
