using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake.Harvests;
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
            .On("macie:GetMacieSession", """{"status":"ENABLED"}""")
            .On("securityhub:DescribeHub", """{"HubArn":"arn:hub"}""");
        Aws.Before = (call, _) => call.Target.Region == "eu-west-1" ? throw ScriptedAws.Error("Timeout", kind) : Task.CompletedTask;
        var request = _harvest.Request() with { ThrottleLimit = 1, Targets = [.. Enumerable.Range(1, 20).Select(i => Target($"{i:000000000000}"))] };

        var summaries = await _harvest.RunAsync(request);

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Incomplete, 0L), (summary.Status, summary.Denied)));
        var hung = Aws.Calls.Where(call => call.Region == "eu-west-1").ToList();

        // Who is refused at once looks again every few seconds.
        Assert.InRange(hung.Select(call => (call.Account, call.Service)).Distinct().Count(), 1, kind == AwsErrorKind.TimedOut ? 3 : 24);
        Assert.All(hung.GroupBy(call => (call.Account, call.Operation, call.Service)), calls => Assert.InRange(calls.Count(), 1, 3));
        foreach (var account in _harvest.Lake.LatestAccounts())
        {
            Assert.All(account.Gaps, gap => Assert.Equal(("eu-west-1", GapReason.Unreachable), (gap.Region, gap.Reason)));
            var regional = Shipped.Content.Catalog.Services.SelectMany(service => service.Resources).Where(type => !type.IsGlobal && !type.ManagementAccountOnly).Select(type => type.Type).Distinct();
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
    public void ARegionIsTriedAgainByOneAfterAWhileAndItsFirstAnswerClearsIt()
    {
        var regions = new HangingRegions(_harvest.Clock);
        var problem = ScriptedAws.Error("Timeout", AwsErrorKind.TimedOut);
        Hung("ec2");
        Assert.True(regions.IsSuspect(null, "eu-west-1", "ec2"));
        Assert.Null(Refusal("ec2"));
        Hung("kms");
        Hung("sns");

        Assert.Same(problem, Refusal("s3"));
        Assert.Null(regions.Refusal(null, "eu-west-2", "s3"));

        _harvest.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(Refusal("s3"));
        Assert.Same(problem, Refusal("lambda"));
        Hung("s3");
        Assert.Same(problem, Refusal("s3"));

        regions.Answered(null, "eu-west-1", "sqs");
        Assert.Null(Refusal("s3"));
        Assert.False(regions.IsSuspect(null, "eu-west-1", "sqs"));

        void Hung(string service) => regions.Hung(null, "eu-west-1", service, problem);

        AwsServiceException? Refusal(string service) => regions.Refusal(null, "eu-west-1", service)?.Problem;
    }

    [Fact]
    public void AServiceThatHangsInARegionWhereOthersAnswerIsRememberedForTheOtherAccounts()
    {
        var regions = new HangingRegions(_harvest.Clock);
        for (var account = 0; account < 3; account++)
        {
            regions.Hung(null, "eu-west-1", "ec2", ScriptedAws.Error("Timeout", AwsErrorKind.TimedOut));
            regions.Answered(null, "eu-west-1", "kms");
        }

        Assert.NotNull(regions.Refusal(null, "eu-west-1", "ec2"));
        Assert.Null(regions.Refusal(null, "eu-west-1", "kms"));
    }

    [Fact]
    public void OneServiceAloneCondemnsNoRegionAndOtherEndpointsAreOtherPlaces()
    {
        var regions = new HangingRegions(_harvest.Clock);
        for (var account = 0; account < 20; account++)
        {
            regions.Hung(null, "eu-west-1", "accessanalyzer", ScriptedAws.Error("Unreachable", AwsErrorKind.Unreachable));
        }

        Assert.NotNull(regions.Refusal(null, "eu-west-1", "accessanalyzer"));
        Assert.Null(regions.Refusal(null, "eu-west-1", "ec2"));
        Assert.False(regions.IsSuspect(null, "eu-west-1", "ec2"));
        Assert.Null(regions.Refusal(new EndpointSettings { UseFips = true }, "eu-west-1", "accessanalyzer"));
    }

    [Fact]
    public async Task OneBlockedServiceLeavesTheOthersOfAllAccountsAlone()
    {
        Aws.On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:t"}]}""").On("sqs:ListQueues", """{"QueueUrls":["q"]}""");
        Aws.Before = (call, _) => call.Operation.Service.Name == "accessanalyzer" ? throw ScriptedAws.Error("Unreachable", AwsErrorKind.Unreachable) : Task.CompletedTask;
        var request = _harvest.Request("accessanalyzer", "sns", "sqs") with { Targets = [.. Enumerable.Range(1, 6).Select(i => Target($"{i:000000000000}"))] };

        var summaries = await _harvest.RunAsync(request);

        Assert.All(summaries, summary =>
        {
            Assert.Equal((AccountStatus.Incomplete, 2, 4L), (summary.Status, summary.Services, summary.Resources));
            Assert.Contains("accessanalyzer in eu-west-1, us-east-1", summary.Failure);
            Assert.Equal("ResumeLater", summary.Advice?.Id);
        });
        Assert.All(_harvest.Lake.LatestAccounts().SelectMany(account => account.Gaps), gap => Assert.Equal("accessanalyzer", gap.Service));
    }

    [Fact]
    public async Task WhatIsNotAskedIsToldByItsOwnNameAndAccount()
    {
        Aws.Before = (call, _) => call.Operation.Service.Name == "accessanalyzer" || call.Target.Region == "eu-west-1"
            ? throw new AwsServiceException($"{call.Operation.Service.Name}:{call.Operation.Name} failed in {call.Target.Region}, account {call.Target.AccountId}: nobody listens.") { Kind = AwsErrorKind.Unreachable, Code = "Unreachable" }
            : Task.CompletedTask;
        var accounts = Enumerable.Range(1, 6).Select(i => $"{i:000000000000}").ToList();

        await _harvest.RunAsync(_harvest.Request("accessanalyzer", "ec2", "sns", "sqs") with { ThrottleLimit = 1, Targets = [.. accounts.Select(Target)] });

        var refused = 0;
        foreach (var account in _harvest.Lake.LatestAccounts())
        {
            Assert.All(account.Gaps, gap =>
            {
                Assert.DoesNotContain(accounts, other => other != account.AccountId && gap.Message.Contains(other, StringComparison.Ordinal));
                Assert.Contains($"{gap.Service}:{gap.Operation} ", gap.Message);
                Assert.Contains("nobody listens", gap.Message);
                refused += gap.Message.Contains("was not asked in", StringComparison.Ordinal) ? 1 : 0;
            });
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    public async Task ARegionThatAnswersAgainIsUsedAgain()
    {
        var until = _harvest.Clock.UtcNow.AddSeconds(30);
        Aws.On("sns:ListTopics", """{"Topics":[{"TopicArn":"arn:t"}]}""");
        Aws.Before = (call, _) =>
        {
            _harvest.Clock.Advance(TimeSpan.FromSeconds(1));
            return call.Target.Region == "eu-west-1" && _harvest.Clock.UtcNow < until ? throw ScriptedAws.Error("Unreachable", AwsErrorKind.Unreachable) : Task.CompletedTask;
        };

        var summaries = await _harvest.RunAsync(_harvest.Request("accessanalyzer", "kms", "lambda", "sns") with { ThrottleLimit = 1, Targets = [.. Enumerable.Range(1, 12).Select(i => Target($"{i:000000000000}"))] });

        Assert.Equal(AccountStatus.Incomplete, summaries[0].Status);
        Assert.Equal(AccountStatus.Complete, summaries[^1].Status);
    }
}
