using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake.Harvests;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Harvest;

/// <summary>Sessions that end and clocks that go wrong in the middle of a harvest.</summary>
public sealed class SessionFaultTests : IAsyncLifetime
{
    private static readonly string[] Services = ["sts", "sns", "s3", "iam", "kms"];
    private SandboxHarvest _harvest = null!;
    private readonly ShiftedTime _ownTime = new(TimeSpan.Zero);

    public async Task InitializeAsync() => _harvest = await SandboxHarvest.StartAsync(
        new SandboxOptions { Accounts = 2, Regions = 2, MaxPageSize = 3, Now = DateTimeOffset.UtcNow },
        new AwsClientOptions { Time = _ownTime });

    public async Task DisposeAsync() => await _harvest.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(120)]
    public async Task ASessionThatAwsEndsEarlyIsRenewedAndNothingIsMissing(int calls)
    {
        var expected = await _harvest.UndisturbedAsync(Services);
        _harvest.After(calls, _harvest.Server.EndSessions);

        var summaries = await _harvest.RunAsync(_harvest.RenewingRequest(services: Services));

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 0L, null), (summary.Status, summary.Gaps, summary.Failure)));
        Assert.Equal(expected, LakeContents.Of(_harvest.Lake));
        Assert.InRange(_harvest.Server.Calls.Count(call => call.Operation == "AssumeRole"), 2 + 2, 2 + 2 + 2);
    }

    [Fact]
    public async Task ASessionThatCannotBeRenewedEndsTheAccountAndResumingBringsTheSameLake()
    {
        var expected = await _harvest.UndisturbedAsync(Services);
        var request = await _harvest.RequestAsync(Services);
        _harvest.After(60, _harvest.Server.EndSessions);

        var summaries = await _harvest.RunAsync(request);

        AssertStopped(summaries, "session has ended");
        Assert.All(summaries, summary => Assert.Equal("ResumeThen", summary.Advice?.Id));
        await AssertResumedAsync(expected);
    }

    [Fact]
    public async Task ARoleThatMayNotBeEnteredAgainEndsTheAccountInsteadOfMakingAGapOfEachCall()
    {
        var expected = await _harvest.UndisturbedAsync(Services);
        var entered = new HashSet<string>();
        var refusals = 0;
        var request = _harvest.RenewingRequest(
            account => entered.Add(account.Id) || Interlocked.Increment(ref refusals) == 0
                ? _harvest.EnterAsync(account, default)
                : throw new AwsServiceException("sts:AssumeRole failed: AccessDenied.") { Kind = AwsErrorKind.AccessDenied, Code = "AccessDenied", Service = "sts", Operation = "AssumeRole", HttpStatus = 403 },
            Services);
        _harvest.After(60, _harvest.Server.EndSessions);

        var summaries = await _harvest.RunAsync(request);

        AssertStopped(summaries, "cannot be renewed");
        Assert.InRange(refusals, 1, 2 * _harvest.Accounts.Count);
        await AssertResumedAsync(expected);
    }

    [Fact]
    public async Task ASessionThatNoLongerCountsIsRenewedOnceForAllCallsThatWereUnderWay()
    {
        using var aws = new HarvestFixture();
        var together = new TaskCompletionSource();
        var underWay = 0;
        var renewals = 0;
        aws.Aws.Regions("eu-west-1").On("s3:ListBuckets", $$"""{"Buckets":[{{string.Join(",", Enumerable.Range(0, 30).Select(i => $$"""{"Name":"b{{i}}"}"""))}}]}""");
        aws.Aws.Before = async (call, cancellationToken) =>
        {
            if (call.Operation.Name == "GetBucketLocation" && Volatile.Read(ref renewals) == 1)
            {
                if (Interlocked.Increment(ref underWay) == 16)
                {
                    together.SetResult();
                }

                await together.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
                throw ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials);
            }
        };
        var target = HarvestFixture.Target() with { Credentials = Session(() => Interlocked.Increment(ref renewals)) };
        await target.Credentials.GetCredentialsAsync();

        var summary = Assert.Single(await aws.RunAsync(aws.Request("s3") with { Targets = [target] }));

        Assert.Equal((AccountStatus.Complete, 30L, 0L), (summary.Status, summary.Resources, summary.Gaps));
        Assert.Equal(2, renewals);
    }

    [Fact]
    public async Task SessionsThatAwsNeverTakesEndTheAccountAfterAFewAndSayHowToGoOn()
    {
        using var aws = new HarvestFixture();
        var renewals = 0;
        aws.Aws.Before = (_, _) => throw ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials);
        var target = HarvestFixture.Target() with { Regions = ["eu-west-1", "us-east-1"], Credentials = Session(() => Interlocked.Increment(ref renewals)) };

        var summary = Assert.Single(await aws.RunAsync(aws.Request("sns", "sqs", "s3") with { Targets = [target] }));

        Assert.Equal(AccountStatus.Failed, summary.Status);
        Assert.Equal("ResumeThen", summary.Advice?.Id);
        Assert.Equal(2, renewals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CredentialsThatComeToBelongToAnotherAccountEndTheHarvestAndNothingOfThatAccountIsKept(bool isEndedByAws)
    {
        using var aws = new HarvestFixture();
        var renewing = new Wandering();
        aws.Aws.Regions("eu-west-1")
            .On("sts:GetCallerIdentity", call => $$"""{"Account":"{{(KeyOf(call) == "AKIA1" ? HarvestFixture.Account : "444455556666")}}","Arn":"arn:aws:iam::1:user/u","UserId":"u"}""")
            .On("sns:ListTopics", call => $$"""{"Topics":[{"TopicArn":"{{KeyOf(call)}}"}]}""")
            .On("sqs:ListQueues", call => $$"""{"QueueUrls":["{{KeyOf(call)}}"]}""");
        aws.Aws.Before = (call, _) =>
        {
            if (isEndedByAws && call.Operation.Name != "DescribeRegions" && KeyOf(call) == "AKIA1")
            {
                throw ScriptedAws.Error("ExpiredToken", AwsErrorKind.ExpiredCredentials);
            }

            if (!isEndedByAws && call.Operation.Name == "DescribeRegions")
            {
                renewing.ClearCredentials();
            }

            return Task.CompletedTask;
        };

        var summary = Assert.Single(await aws.RunAsync(aws.Request("sns", "sqs") with { Targets = [HarvestFixture.Target() with { Credentials = renewing }] }));

        Assert.Equal((AccountStatus.Failed, 0L), (summary.Status, summary.Resources));
        Assert.Contains("account 444455556666", summary.Failure);
        Assert.Equal("ResumeAfter", summary.Advice?.Id);
        Assert.DoesNotContain(aws.Aws.Calls, call => call.Service is "sns" or "sqs" && call.Input.Contains("AKIA2", StringComparison.Ordinal));
        Assert.Empty(aws.Snapshot.Resources());
    }

    private static string KeyOf(AwsCall call) => call.Target.Credentials.GetCredentials().AccessKey;

    /// <summary>Credentials of a profile that somebody changes meanwhile.</summary>
    private sealed class Wandering : RefreshingAWSCredentials
    {
        private int _times;

        protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() =>
            Task.FromResult(new CredentialsRefreshState(new ImmutableCredentials($"AKIA{++_times}", "S", null), DateTime.UtcNow.AddHours(1)));
    }

    private static RoleCredentials Session(Action renewed) => new(_ =>
    {
        renewed();
        return Task.FromResult(JsonSerializer.SerializeToElement(new { Credentials = new { AccessKeyId = "A", SecretAccessKey = "S", SessionToken = "T", Expiration = DateTimeOffset.UtcNow.AddHours(1) } }));
    });

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task AClockThatGoesWrongMidwayIsNamedAndResumingBringsTheSameLake(int minutes)
    {
        var expected = await _harvest.UndisturbedAsync(Services);
        var request = await _harvest.RequestAsync(Services);
        _harvest.After(60, () => _ownTime.Shift = TimeSpan.FromMinutes(minutes));

        var summaries = await _harvest.RunAsync(request);

        AssertStopped(summaries, "clock");
        _ownTime.Shift = TimeSpan.Zero;
        await AssertResumedAsync(expected);
    }

    private void AssertStopped(IReadOnlyList<AccountSummary> summaries, string why)
    {
        Assert.Contains(summaries, summary => summary.Status != AccountStatus.Complete);
        Assert.All(summaries.Where(summary => summary.Status != AccountStatus.Complete), summary => Assert.Contains(why, summary.Failure));
        Assert.All(_harvest.Lake.LatestAccounts(), account => Assert.Empty(account.Gaps));
        Assert.Equal(HarvestStatus.Incomplete, Assert.Single(_harvest.Lake.Harvests()).Status);
    }

    private async Task AssertResumedAsync(string[] expected)
    {
        _harvest.Server.Calls.Counted = null;
        var resumed = await _harvest.RunAsync(await _harvest.RequestAsync() with { Resume = _harvest.Lake.Harvests()[0].HarvestId });
        Assert.All(resumed, summary => Assert.Equal(AccountStatus.Complete, summary.Status));
        Assert.Equal(expected, LakeContents.Of(_harvest.Lake));
    }
}
