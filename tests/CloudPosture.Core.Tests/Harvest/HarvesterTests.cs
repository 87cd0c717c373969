using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>How a harvest goes as a whole.</summary>
public sealed class HarvesterTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task OneServiceOfAnAccountIsReadAtATimeAndAccountsSideBySide()
    {
        var barrier = new AccountBarrier(3);
        Aws.Before = (call, _) => barrier.ArriveAsync(call.Target.AccountId!);
        Aws.On("sns:ListTopics", """{"Topics":[{"TopicArn":"1"},{"TopicArn":"2"}]}""").On("sqs:ListQueues", """{"QueueUrls":["1","2"]}""");

        var summaries = await _harvest.RunAsync(_harvest.Request("sns", "sqs", "kms", "events") with { Targets = [Target("111111111111"), Target("222222222222"), Target("333333333333")] });

        Assert.All(summaries, summary => Assert.Equal(AccountStatus.Complete, summary.Status));
        foreach (var account in Aws.Calls.Where(call => call.Operation != "DescribeRegions").GroupBy(call => call.Account))
        {
            var spans = account.GroupBy(call => call.Service).Select(service => (Start: service.Min(call => call.Start), End: service.Max(call => call.End))).OrderBy(span => span.Start).ToList();
            Assert.Equal(4, spans.Count);
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task NoMoreAccountsThanAllowedAreReadAtOnce(int limit)
    {
        int now = 0, most = 0;
        var barrier = new AccountBarrier(limit);
        Aws.Before = async (call, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await barrier.ArriveAsync(call.Target.AccountId!);
            await Task.Yield();
            Interlocked.Decrement(ref now);
        };

        await _harvest.RunAsync(_harvest.Request("sts") with { ThrottleLimit = limit, Targets = [.. Enumerable.Range(0, 12).Select(i => Target($"{i:000000000000}"))] });

        Assert.Equal(limit, most);
    }

    [Fact]
    public async Task EveryServiceOfTheCatalogIsReadFromAnEmptyAccount()
    {
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""").On("macie:GetMacieSession", """{"status":"ENABLED"}""");

        var summary = Assert.Single(await _harvest.RunAsync());

        Assert.Equal((AccountStatus.Complete, Shipped.Content.Catalog.Names.Count), (summary.Status, summary.Services));
        Assert.Equal(HarvestStatus.Complete, Assert.Single(_harvest.Lake.Harvests()).Status);
        Assert.DoesNotContain(_harvest.Snapshot.Gaps, gap => gap.Field is not null);
    }

    [Fact]
    public async Task AnAccountWhoseCredentialsFailLeavesTheOthersAlone()
    {
        Aws.Before = (call, _) => call.Target.AccountId == "222222222222"
            ? throw ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials, "The token has expired")
            : Task.CompletedTask;

        var summaries = await _harvest.RunAsync(_harvest.Request("sns") with { Targets = [Target(), Target("222222222222")] });

        var failed = summaries.Single(summary => summary.AccountId == "222222222222");
        Assert.Equal(AccountStatus.Failed, failed.Status);
        Assert.Contains("expired", failed.Failure);
        Assert.Equal(AccountStatus.Complete, summaries.Single(summary => summary.AccountId == Account).Status);
        Assert.Equal(HarvestStatus.Incomplete, _harvest.Lake.Harvests().Single().Status);
    }

    [Fact]
    public async Task CredentialsThatEndMidwayLeaveAServiceToResume()
    {
        Aws.On("sqs:ListQueues", ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials));
        var first = Assert.Single(await _harvest.RunAsync("sns", "sqs"));
        Assert.Equal((AccountStatus.Incomplete, 1), (first.Status, first.Services));

        Aws.On("sqs:ListQueues", "{}");
        var second = Assert.Single(await _harvest.RunAsync(_harvest.Request() with { Resume = first.HarvestId }));

        Assert.Equal((AccountStatus.Complete, 2), (second.Status, second.Services));
        Assert.Equal(2, Aws.Count("sns:ListTopics"));
    }

    [Fact]
    public async Task WhereverABudgetStopsAHarvestResumingBringsTheSameLake()
    {
        Aws.Regions("eu-west-1").On("sns:ListTopics", """{"Topics":[{"TopicArn":"1"},{"TopicArn":"2"}]}""")
            .Pages("s3:ListBuckets", "ContinuationToken", "ContinuationToken", "Buckets", """[{"Name":"a"}]""", """[{"Name":"b"}]""");
        var whole = Assert.Single(await _harvest.RunAsync("sns", "s3"));
        var expected = Contents(whole.HarvestId);

        for (var budget = 1; budget < whole.Calls; budget++)
        {
            var stopped = Assert.Single(await _harvest.RunAsync(_harvest.Request("sns", "s3") with { MaxCall = budget }));
            Assert.NotEqual(AccountStatus.Complete, stopped.Status);
            Assert.Contains("Resume the harvest", $"{stopped.Advice}");
            Assert.InRange(stopped.Calls, 0, budget);

            var resumed = Assert.Single(await _harvest.RunAsync(_harvest.Request() with { Resume = stopped.HarvestId }));
            Assert.Equal(AccountStatus.Complete, resumed.Status);
            Assert.Equal(expected, Contents(stopped.HarvestId));
            Assert.Equal(HarvestStatus.Complete, _harvest.Lake.Harvest(stopped.HarvestId).Status);
        }
    }

    [Fact]
    public async Task LeavingTheLoopEarlyLeavesAResumableHarvest()
    {
        var request = _harvest.Request("sns", "sqs") with { ThrottleLimit = 1, Targets = [Target("111111111111"), Target("222222222222"), Target("333333333333")] };
        await foreach (var first in new Harvester(Aws, Shipped.Content, _harvest.Clock, new RetryLimits(10, 3)).RunAsync(request))
        {
            break;
        }

        var harvest = _harvest.Lake.Harvests().Single();
        Assert.Equal(HarvestStatus.Incomplete, harvest.Status);
        var resumed = await _harvest.RunAsync(request with { Resume = harvest.HarvestId });
        Assert.All(resumed, summary => Assert.Equal((AccountStatus.Complete, 2), (summary.Status, summary.Services)));
        Assert.Equal(HarvestStatus.Complete, _harvest.Lake.Harvests().Single().Status);
    }

    [Fact]
    public async Task CancellingStopsAtOnceAndKeepsWhatIsCommitted()
    {
        using var cancel = new CancellationTokenSource();
        Aws.Before = async (call, cancellationToken) =>
        {
            if (call.Operation.Name == "ListQueues")
            {
                cancel.Cancel();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _harvest.RunAsync(_harvest.Request("sns", "sqs"), cancel.Token));

        Assert.True(_harvest.Snapshot.WasHarvested("sns"));
        Assert.False(_harvest.Snapshot.WasHarvested("sqs"));
    }

    [Fact]
    public async Task FreshServicesAreNotReadAgain()
    {
        await _harvest.RunAsync("sns", "iam");
        _harvest.Clock.Advance(TimeSpan.FromHours(2));
        await _harvest.RunAsync("iam");
        _harvest.Clock.Advance(TimeSpan.FromHours(1));

        var summary = Assert.Single(await _harvest.RunAsync(_harvest.Request("sns", "iam") with { MaxAge = TimeSpan.FromHours(2) }));

        Assert.Equal((AccountStatus.Complete, 1, 1), (summary.Status, summary.Services, summary.Fresh));
        Assert.Equal(4, Aws.Count("sns:ListTopics"));
        Assert.Equal(0, Assert.Single(await _harvest.RunAsync(_harvest.Request("sns", "iam") with { Incremental = true })).Services);
    }

    [Fact]
    public async Task WhatAWrongClockReadInTimesToComeIsReadAgain()
    {
        await _harvest.RunAsync("sns");
        _harvest.Clock.Advance(TimeSpan.FromDays(-400));

        var summary = Assert.Single(await _harvest.RunAsync(_harvest.Request("sns") with { MaxAge = TimeSpan.FromHours(2) }));

        Assert.Equal((AccountStatus.Complete, 1, 0), (summary.Status, summary.Services, summary.Fresh));
    }

    [Fact]
    public async Task AnEstimateIsToldFromTheLastHarvestWithoutACall()
    {
        var request = _harvest.Request("sts", "sns") with { ThrottleLimit = 2, Targets = [Target("111111111111"), Target("222222222222"), Target("333333333333")] };
        Assert.Null(HarvestEstimate.Of(request, Shipped.Content.Catalog).Calls);
        Aws.Before = (_, _) =>
        {
            _harvest.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };
        await _harvest.RunAsync(request with { ThrottleLimit = 1 });
        var sent = Aws.Calls.Count;

        var estimate = HarvestEstimate.Of(request with { Targets = [.. request.Targets, Target("444444444444")] }, Shipped.Content.Catalog);

        // Each account: one call for sts and two a Region for sns, a second each; four accounts by twos.
        Assert.Equal((4, 1, 20L), (estimate.Accounts, estimate.NewAccounts, estimate.Calls));
        Assert.Equal(10, estimate.Duration!.Value.TotalSeconds, 1);
        Assert.Equal(sent, Aws.Calls.Count);
    }

    [Fact]
    public async Task ProgressCountsUpToTheEnd()
    {
        var seen = new List<HarvestProgress>();
        await _harvest.RunAsync(_harvest.Request("sns", "sqs") with { Progress = new ProgressListener(seen.Add) });

        var last = seen[^1];
        Assert.Equal((1, 1, 2, 2), (last.AccountsDone, last.Accounts, last.ServicesDone, last.Services));
        Assert.Equal(Aws.Calls.Count, last.Calls);
    }

    [Theory]
    [InlineData("no account")]
    [InlineData("ThrottleLimit")]
    [InlineData("QuotaShare")]
    [InlineData("MaxCall")]
    public async Task ARequestThatMakesNoSenseIsAnsweredWithWhatToChange(string about)
    {
        var good = _harvest.Request("sts");
        var bad = about switch
        {
            "no account" => good with { Targets = [] },
            "ThrottleLimit" => good with { ThrottleLimit = 0 },
            "QuotaShare" => good with { QuotaShare = 1.5 },
            _ => good with { MaxCall = 0 },
        };

        Assert.Contains(about, (await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(bad))).Message);
        Assert.Empty(_harvest.Lake.Harvests());
    }

    [Fact]
    public async Task OnlyWhatTheCatalogNamesIsEverCalled()
    {
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""").On("sns:ListTopics", """{"Topics":[{"TopicArn":"1"}]}""");

        await _harvest.RunAsync();

        var named = Shipped.Content.Catalog.Services.SelectMany(service => service.Operations.Select(operation => service.Name + ":" + operation)).ToHashSet();
        Assert.All(Aws.Calls, call => Assert.Contains(call.Service + ":" + call.Operation, named));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private string[] Contents(string harvestId) =>
        [.. _harvest.Lake.ReadResources(new ResourceQuery { HarvestId = harvestId })
            .Select(resource => JsonSerializer.Serialize(resource with { HarvestId = "", HarvestedAt = default }))
            .Order(StringComparer.Ordinal)];
}
