using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Tests.Harvest;

/// <summary>What is asked again, how often and after which wait.</summary>
public sealed class HarvestRetryTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task ThrottlingIsWaitedOutAndCounted()
    {
        var refusals = 4;
        Aws.On("sts:GetCallerIdentity", _ => refusals-- > 0 ? ScriptedAws.Error("Throttling", AwsErrorKind.Throttled) : """{"Arn":"arn:me"}""");

        var summary = Assert.Single(await _harvest.RunAsync("sts"));

        Assert.Equal((5L, 4L, 4L, 0L), (summary.Calls, summary.Throttled, summary.Retried, summary.Gaps));
        var operation = Assert.Single(_harvest.Lake.Harvests().Single().Commits.Single().Statistics.Operations);
        Assert.Equal(("GetCallerIdentity", 5L, 4L), (operation.Operation, operation.Calls, operation.Throttled));
    }

    [Fact]
    public async Task ThrottlingWithoutEndIsAGapNotAnError()
    {
        Aws.On("sts:GetCallerIdentity", ScriptedAws.Error("Throttling", AwsErrorKind.Throttled));

        var summary = Assert.Single(await _harvest.RunAsync("sts"));

        Assert.Equal((AccountStatus.Failed, 10L), (summary.Status, summary.Calls));
        Assert.Contains("sts in global (GetCallerIdentity answered Throttling", summary.Failure);
        Assert.Equal(GapReason.Throttled, Assert.Single(_harvest.Snapshot.Gaps).Reason);
    }

    [Theory]
    [InlineData("1", AwsErrorKind.Throttled, 1)]
    [InlineData("4", AwsErrorKind.Throttled, 4)]
    [InlineData("4", AwsErrorKind.Transient, 4)]
    [InlineData(null, AwsErrorKind.Throttled, 10)]
    [InlineData(null, AwsErrorKind.Transient, 3)]
    public async Task AwsMaxAttemptsIsHonoured(string? attempts, AwsErrorKind kind, int calls)
    {
        Aws.On("sts:GetCallerIdentity", ScriptedAws.Error("Failed", kind));
        var retries = RetryLimits.FromEnvironment(name => name == "AWS_MAX_ATTEMPTS" ? attempts : null);

        await foreach (var summary in new Harvester(Aws, Shipped.Content, _harvest.Clock, retries).RunAsync(_harvest.Request("sts")))
        {
            Assert.Equal((AccountStatus.Failed, 1L), (summary.Status, summary.Gaps));
        }

        Assert.Equal(calls, Aws.Calls.Count);
    }

    [Theory]
    [InlineData(45, 45)]
    [InlineData(3600, 60)]
    [InlineData(99_999_999, 60)]
    public async Task RetryAfterIsHonouredUpToAMinuteAndTold(int asked, int waited)
    {
        var isFirst = true;
        var seen = new List<HarvestProgress>();
        Aws.On("sts:GetCallerIdentity", _ => isFirst && !(isFirst = false) ? ScriptedAws.Error("SlowDown", AwsErrorKind.Throttled, retryAfter: TimeSpan.FromSeconds(asked)) : """{"Arn":"arn:me"}""");
        var start = _harvest.Clock.UtcNow;

        var summary = Assert.Single(await _harvest.RunAsync(_harvest.Request("sts") with { Progress = new ProgressListener(seen.Add) }));

        Assert.Equal((AccountStatus.Complete, 0L, 1L), (summary.Status, summary.Gaps, summary.Throttled));
        Assert.InRange((_harvest.Clock.UtcNow - start).TotalSeconds, waited, waited + 5);
        Assert.Contains(seen, progress => progress.Wait == $"waits {waited} s, as AWS asks after sts:GetCallerIdentity in us-east-1 (SlowDown)");
    }

    [Fact]
    public void NoPublishedBucketTakesLongerToFillThanIsWaitedForAtMost() =>
        Assert.All(Shipped.Content.Catalog.Services.SelectMany(service => service.Rates), rate => Assert.InRange(rate.Bucket / rate.Refill / 0.5, 0, 60));

    [Fact]
    public async Task AnOperationThatTheServerDoesNotKnowIsAskedOnceAndBecomesAGap()
    {
        using var fixture = new HarvestFixture();
        fixture.Aws.On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:a"},{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:b"}]}""");
        fixture.Aws.On("sns:GetTopicAttributes", ScriptedAws.Error("501", AwsErrorKind.UnknownOperation));

        var summary = Assert.Single(await fixture.RunAsync(fixture.Request("sns") with { Targets = [HarvestFixture.Target() with { Regions = ["eu-west-1"] }] }));

        Assert.InRange(fixture.Aws.Count("sns:GetTopicAttributes"), 1, 2);
        Assert.Equal(AccountStatus.Complete, summary.Status);
        Assert.All(fixture.Snapshot.Gaps, gap => Assert.Equal(("GetTopicAttributes", GapReason.Failed), (gap.Operation, gap.Reason)));
        Assert.All(fixture.All("AWS::SNS::Topic"), topic => Assert.Equal("Attributes", Assert.Single(topic.Gaps).Field));
    }
}
