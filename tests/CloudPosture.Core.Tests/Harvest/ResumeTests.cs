using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Aws;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Sandbox.Faults;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What a harvest owes to those before it, and to the runs it consists of.</summary>
public sealed class ResumeTests : IDisposable
{
    private const string Other = "222222222222";
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task WhatCannotBeReadTodayIsNotAssessedHoweverGoodItWasYesterday()
    {
        Aws.Regions("eu-west-1").On("s3:ListBuckets", """{"Buckets":[{"Name":"a"}]}""");
        var yesterday = Assert.Single(await _harvest.RunAsync("s3", "kms"));
        Assert.Contains(Assess(), finding => finding.Status is FindingStatus.Pass or FindingStatus.Fail);

        _harvest.Clock.Advance(TimeSpan.FromDays(1));
        Aws.Before = (_, _) => throw ScriptedAws.Error("InvalidClientTokenId", AwsErrorKind.InvalidCredentials, "The security token is invalid");
        var today = Assert.Single(await _harvest.RunAsync("s3", "kms"));

        Assert.Equal(AccountStatus.Failed, today.Status);
        var findings = Assess();
        Assert.NotEmpty(findings);
        Assert.All(findings, finding =>
        {
            Assert.Equal(FindingStatus.NotAssessed, finding.Status);
            Assert.Contains("InvalidClientTokenId", finding.Evidence);
            Assert.Contains($"{finding.Service} was not read in this harvest: last read 2026-05-04 12:00 UTC in harvest {yesterday.HarvestId}", finding.Evidence);
            Assert.Equal(today.HarvestId, finding.HarvestId);
        });
        Assert.Equal("a", Assert.Single(_harvest.Lake.ReadResources(new ResourceQuery { Types = ["AWS::S3::Bucket"] })).Id);
    }

    [Fact]
    public async Task WhatIsFreshEnoughIsAssessedFromWhatWasRead()
    {
        Aws.Regions("eu-west-1").On("s3:ListBuckets", """{"Buckets":[{"Name":"a"}]}""");
        var first = Assert.Single(await _harvest.RunAsync("s3", "kms"));
        var expected = Assess().Select(LakeContents.Text).ToList();
        _harvest.Clock.Advance(TimeSpan.FromHours(1));

        // A harvest that failed since does not make it stale: the next one looked, and found it fresh enough.
        Aws.On("s3:ListBuckets", ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials));
        await _harvest.RunAsync("s3");
        Assert.Contains(Assess(), finding => finding.Service == "s3" && finding.Status == FindingStatus.NotAssessed);
        _harvest.Clock.Advance(TimeSpan.FromHours(1));
        await _harvest.RunAsync(_harvest.Request("s3", "kms") with { MaxAge = TimeSpan.FromHours(3) });

        Assert.Equal(expected, Assess().Select(LakeContents.Text));
        Assert.All(Assess().Where(finding => finding.ResourceType == "AWS::S3::Bucket"), finding => Assert.Equal((first.HarvestId, 12), (finding.HarvestId, finding.LastSeen.Hour)));
    }

    [Fact]
    public async Task AResumedHarvestRemembersAgeAndRegions()
    {
        await _harvest.RunAsync("sns");
        var read = Aws.Count("sns:ListTopics");
        Aws.On("sqs:ListQueues", ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials));
        var stopped = Assert.Single(await _harvest.RunAsync(_harvest.Request("sqs", "sns", "kms") with { MaxAge = TimeSpan.FromDays(1), Regions = ["eu-west-1"], Targets = [Target() with { Regions = ["eu-west-1"] }] }));
        Aws.On("sqs:ListQueues", "{}");

        var resumed = Assert.Single(await _harvest.RunAsync(_harvest.Request() with { Resume = stopped.HarvestId }));

        Assert.Equal((AccountStatus.Complete, 2, 1), (resumed.Status, resumed.Services, resumed.Fresh));
        Assert.Equal(read, Aws.Count("sns:ListTopics"));
        Assert.All(Aws.Calls.Where(call => call.Operation == "ListKeys"), call => Assert.Equal("eu-west-1", call.Region));
        Assert.Equal(HarvestStatus.Complete, _harvest.Lake.Harvest(stopped.HarvestId).Status);
    }

    [Fact]
    public async Task AnIdThatIsUsedAgainForgetsNoAccount()
    {
        Aws.Before = (call, _) => call.Target.AccountId == Other ? throw ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials) : Task.CompletedTask;
        await _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h", Targets = [Target(), Target(Other)] });
        Aws.Before = (_, _) => Task.CompletedTask;

        await _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h" });
        Assert.Equal((HarvestStatus.Incomplete, Other), (_harvest.Lake.Harvest("h").Status, string.Join(",", _harvest.Lake.Harvest("h").MissingAccounts)));
        await _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h", Targets = [Target(Other)] });

        Assert.Equal((HarvestStatus.Complete, 2), (_harvest.Lake.Harvest("h").Status, _harvest.Lake.Harvest("h").Commits.Count));
    }

    [Theory]
    [InlineData("fewer services", "other services (sts, sns)")]
    [InlineData("other Regions", "all Regions")]
    [InlineData("resumed with another service", "the services and Regions that it set out to read")]
    public async Task AnIdThatIsUsedAgainIsRefusedWhereItContradicts(string how, string why)
    {
        await _harvest.RunAsync(_harvest.Request("sts", "sns") with { HarvestId = "h", MaxCall = 1 });
        var manifest = File.ReadAllText(_harvest.Lake.Harvest("h").ManifestPath(null));
        var again = _harvest.Request("sts", "sns") with { HarvestId = "h" };

        var error = await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(how switch
        {
            "fewer services" => again with { Services = ["sts"] },
            "other Regions" => again with { Regions = ["eu-west-1"] },
            _ => again with { HarvestId = null, Resume = "h", Services = ["kms"] },
        }));

        Assert.Contains(why, error.Message);
        Assert.Equal(manifest, File.ReadAllText(_harvest.Lake.Harvest("h").ManifestPath(null)));
    }

    [Fact]
    public async Task WhatIsCompleteStaysAsItIs()
    {
        await _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h" });
        var manifest = File.ReadAllText(_harvest.Lake.Harvest("h").ManifestPath(null));
        _harvest.Clock.Advance(TimeSpan.FromHours(1));

        var again = Assert.Single(await _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h" }));
        var more = await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h", Targets = [Target(), Target(Other)] }));
        var resumed = await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(_harvest.Request() with { Resume = "h" }));

        Assert.Equal((AccountStatus.Complete, 1, 0L), (again.Status, again.Services, again.Calls));
        Assert.Contains(Other, more.Message);
        Assert.Contains("nothing to resume", resumed.Message);
        Assert.Equal(manifest, File.ReadAllText(_harvest.Lake.Harvest("h").ManifestPath(null)));
    }

    [Fact]
    public async Task AHarvestIsEndedWithoutAnAccountThatIsGone()
    {
        await _harvest.RunAsync(_harvest.Request("sts") with { HarvestId = "h", MaxCall = 1, ThrottleLimit = 1, Targets = [Target(), Target(Other)] });

        Assert.Contains(Other, Assert.Throws<LakeException>(() => HarvestJoin.Join(_harvest.Lake, "h")).Message);
        Assert.Equal(HarvestStatus.Incomplete, _harvest.Lake.Harvest("h").Status);
        var ended = HarvestJoin.Join(_harvest.Lake, "h", force: true);

        Assert.Equal((HarvestStatus.Ended, Other), (ended.Status, string.Join(",", ended.MissingAccounts)));
        Assert.NotNull(ended.CompletedAt);
        Assert.Contains("ended", (await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(_harvest.Request() with { Resume = "h" }))).Message);
    }

    [Fact]
    public async Task ABudgetThatNoServiceFitsSaysWhichWouldDo()
    {
        await _harvest.RunAsync("sns", "kms");

        var stopped = Assert.Single(await _harvest.RunAsync(_harvest.Request("sns", "kms") with { MaxCall = 2 }));
        Assert.Equal(AccountStatus.Incomplete, stopped.Status);
        Assert.Contains("does not cover sns", stopped.Failure);
        Assert.Contains("took 4 calls last time", stopped.Failure);
        Assert.Equal(("BudgetEnough", "5"), (stopped.Advice?.Id, stopped.Advice?.Subject));

        var resumed = Assert.Single(await _harvest.RunAsync(_harvest.Request() with { Resume = stopped.HarvestId, MaxCall = 5 }));
        Assert.Equal(1, resumed.Services);
        Assert.EndsWith("used up. Resume the harvest.", $"{resumed.Failure} {resumed.Advice}");
    }

    [Fact]
    public async Task AnAccountThatWasNotBegunIsNotCalledFailedAndKeepsWhatIsKnownOfIt()
    {
        var request = _harvest.Request("sns", "kms") with { ThrottleLimit = 1, Targets = [Target(), Target(Other), Target("333333333333")] };
        await _harvest.RunAsync(request with { Targets = [Target(), Target(Other)] });
        var seen = new List<HarvestProgress>();

        var summaries = await _harvest.RunAsync(request with { MaxCall = 6, Progress = new Progress(seen.Add) });

        Assert.Equal([AccountStatus.Incomplete, AccountStatus.NotStarted, AccountStatus.NotStarted], summaries.OrderBy(summary => summary.AccountId).Select(summary => summary.Status));
        Assert.True(_harvest.Lake.LatestAccount(Other)!.WasHarvested("kms"));
        Assert.Contains("budget", _harvest.Lake.LatestAccount("333333333333")!.WhyUnread("kms"));
        Assert.Equal((3, 6, 6), (seen[^1].AccountsDone, seen[^1].ServicesDone, seen[^1].Services));
        Assert.InRange(seen[^1].Remaining!.Value, TimeSpan.Zero, TimeSpan.Zero);
    }

    [Fact]
    public async Task AnEstimateLeavesOutWhatIsReadAndSaysWhatItCannotTell()
    {
        Aws.On("kms:ListKeys", ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials));
        var stopped = Assert.Single(await _harvest.RunAsync("sns", "kms"));
        var whole = HarvestEstimate.Of(_harvest.Request("sns", "kms") with { Targets = [Target(), Target(Other)] }, Shipped.Content.Catalog, _harvest.Clock.UtcNow);
        var rest = HarvestEstimate.Of(_harvest.Request() with { Resume = stopped.HarvestId }, Shipped.Content.Catalog, _harvest.Clock.UtcNow);
        var fresh = HarvestEstimate.Of(_harvest.Request("sns") with { MaxAge = TimeSpan.FromHours(1) }, Shipped.Content.Catalog, _harvest.Clock.UtcNow);

        Assert.Equal((8L, "kms"), (whole.Calls, string.Join(",", whole.UnknownServices)));
        Assert.Equal((0L, "kms"), (rest.Calls, string.Join(",", rest.UnknownServices)));
        Assert.Equal((0L, ""), (fresh.Calls, string.Join(",", fresh.UnknownServices)));
    }

    [Fact]
    public async Task AnEstimateCountsAServiceAnewForARegionThatWasAdded()
    {
        var request = _harvest.Request("sns") with { Targets = [Target() with { Regions = ["eu-west-1"] }] };
        await _harvest.RunAsync(request);
        var again = request with { MaxAge = TimeSpan.FromHours(1) };

        Assert.Equal(0, HarvestEstimate.Of(again, Shipped.Content.Catalog, _harvest.Clock.UtcNow).Calls);
        Assert.NotEqual(0, HarvestEstimate.Of(again with { Regions = ["eu-west-1", "us-east-1"] }, Shipped.Content.Catalog, _harvest.Clock.UtcNow).Calls);
        Assert.NotEqual(0, HarvestEstimate.Of(again with { Targets = [Target() with { Regions = ["us-east-1"] }] }, Shipped.Content.Catalog, _harvest.Clock.UtcNow).Calls);
    }

    /// <summary>Interrupted in the middle of a service, throttled and resumed: the journal and AWS count the same calls, and each run its own.</summary>
    [Fact]
    public async Task TheJournalHoldsEachCallThatAwsSaw()
    {
        var ledger = new CallLedger();
        await using var harvest = await SandboxHarvest.StartAsync(client: new AwsClientOptions { Sending = call => ledger.Count(call.Service.Name, call.Name) });
        using var aws = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = harvest.Server.Url, Environment = _ => null });
        harvest.Server.Faults.Add(new Fault { Service = "sts", Operation = "GetCallerIdentity", Status = 403, Code = "InvalidClientTokenId", Count = 2 });
        harvest.Server.Faults.Add(new Fault { Service = "s3", Operation = "ListBuckets", Status = 503, Code = "SlowDown", Count = 2 });

        var first = await harvest.RunAsync(await harvest.RequestAsync("s3", "sts", "iam") with { HarvestId = "h", Reaching = ledger }, aws);
        var second = await harvest.RunAsync(await harvest.RequestAsync() with { Resume = "h", Reaching = ledger }, aws);

        // Whether iam was read while s3 waited for its turn is a matter of time.
        Assert.All(first, summary => Assert.Equal((AccountStatus.Incomplete, true), (summary.Status, summary.Services is 1 or 2)));
        Assert.All(second, summary => Assert.Equal((AccountStatus.Complete, 3), (summary.Status, summary.Services)));
        var journal = harvest.Lake.Harvest("h").Calls;
        Assert.Equal(Counted(harvest.Server.Calls.Select(call => (call.Service, call.Operation, 1L))), Counted(Flat(journal)));
        Assert.Equal(Flat(journal.Where(calls => calls.AccountId.Length > 0)).Sum(call => call.Calls), first.Concat(second).Sum(summary => summary.Calls));
        Assert.Equal(4, Flat(journal.Where(calls => calls.AccountId.Length == 0)).Sum(call => call.Calls));
    }

    /// <summary>What was on its way when the user stopped may not have reached AWS; it counts all the same.</summary>
    [Fact]
    public async Task TheJournalHoldsTheCallsOfAServiceThatTheUserStopped()
    {
        await using var harvest = await SandboxHarvest.StartAsync();
        using var stop = new CancellationTokenSource();
        var request = await harvest.RequestAsync("s3") with { HarvestId = "h" };
        var before = harvest.Server.Calls.Total;
        harvest.After(30, stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new Harvester(harvest.Aws, Shipped.Content, new JumpingClock(), harvest.Retries).RunAsync(request, stop.Token))
            {
            }
        });

        Assert.Empty(harvest.Lake.Harvest("h").Commits);
        Assert.InRange(Flat(harvest.Lake.Harvest("h").Calls).Sum(call => call.Calls), harvest.Server.Calls.Total - before, long.MaxValue);
    }

    private static IEnumerable<(string Service, string Operation, long Calls)> Flat(IEnumerable<SentCalls> journal) =>
        journal.SelectMany(calls => calls.Operations.Select(operation => (calls.Service, operation.Operation, operation.Calls)));

    private static IEnumerable<string> Counted(IEnumerable<(string Service, string Operation, long Calls)> calls) =>
        calls.GroupBy(call => $"{call.Service}:{call.Operation}", call => call.Calls).Select(same => $"{same.Key} {same.Sum()}").Order(StringComparer.Ordinal);

    private IReadOnlyList<Finding> Assess() => [.. Assessor.Assess(_harvest.Lake.LatestAccount(Account)!, LakeContents.Rules)];

    private sealed class Progress(Action<HarvestProgress> hear) : IProgress<HarvestProgress>
    {
        public void Report(HarvestProgress value) => hear(value);
    }
}
