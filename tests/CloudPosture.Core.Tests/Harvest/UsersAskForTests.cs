using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake.Harvests;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What users of such tools complain about where these ask too much at once, each as something that cannot happen here.</summary>
public sealed class UsersAskForTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    /// <summary>"The scan used up the account's API quota and our autoscaling failed."</summary>
    [Fact]
    public async Task AScanNeverTakesTheQuotaThatTheCustomersOwnCallsNeed()
    {
        using var account = new SharedAccount("lambda", bucket: 15, refill: 15);
        Aws.Regions("eu-west-1").On("lambda:ListFunctions", $$"""{"Functions":[{{Items(400, i => $$"""{"FunctionName":"f{{i}}","FunctionArn":"arn:{{i}}"}""")}}]}""");

        var (summary, customer) = await account.HarvestAsync(Aws, _harvest.Request("lambda"));

        Assert.Equal((AccountStatus.Complete, 800L, 0L), (summary.Status, summary.Resources, summary.Throttled));
        Assert.InRange(customer.Sent, 150, int.MaxValue);
        Assert.Equal(0, customer.Throttled);
    }

    /// <summary>"Many threads each log 'hitting the rate limit, will retry in 15 s': there is no shared limiter."</summary>
    [Fact]
    public async Task CallsSideBySideShareOneLimiterAndSlowDownTogether()
    {
        // A third of what is published, as accounts under load have it.
        using var account = new SharedAccount("lambda", bucket: 2, refill: 2.5, hasCustomer: false);
        Aws.Regions("eu-west-1").On("lambda:ListFunctions", $$"""{"Functions":[{{Items(400, i => $$"""{"FunctionName":"f{{i}}","FunctionArn":"arn:{{i}}"}""")}}]}""");

        var (summary, _) = await account.HarvestAsync(Aws, _harvest.Request("lambda"));

        Assert.Equal((AccountStatus.Complete, 800L, 0L), (summary.Status, summary.Resources, summary.Gaps));
        Assert.InRange(summary.Throttled, 1, summary.Calls / 4);
    }

    /// <summary>"Please limit the rate before AWS does."</summary>
    [Fact]
    public async Task RatesAreKeptBeforeAwsHasToThrottle()
    {
        using var account = new SharedAccount("lambda", bucket: 15, refill: 15, hasCustomer: false);
        Aws.Regions("eu-west-1").On("lambda:ListFunctions", $$"""{"Functions":[{{Items(200, i => $$"""{"FunctionName":"f{{i}}","FunctionArn":"arn:{{i}}"}""")}}]}""");

        var (summary, _) = await account.HarvestAsync(Aws, _harvest.Request("lambda") with { QuotaShare = 1 });

        Assert.Equal((400L, 0L), (summary.Resources, summary.Throttled));
    }

    /// <summary>"Throttled even with three workers", "still throttled after nine attempts", "TooManyRequests: retries do not help".</summary>
    [Theory]
    [InlineData("apigateway", "GetRestApis", "TooManyRequestsException")]
    [InlineData("logs", "DescribeLogGroups", "ThrottlingException")]
    [InlineData("ec2", "DescribeInstances", "RequestLimitExceeded")]
    [InlineData("s3", "ListBuckets", "SlowDown")]
    public async Task ThrottlingThatLastsMinutesIsWaitedOut(string service, string operation, string code)
    {
        var until = _harvest.Clock.UtcNow.AddMinutes(1);
        Aws.On($"{service}:{operation}", call => _harvest.Clock.UtcNow < until ? ScriptedAws.Error(code, AwsErrorKind.Throttled, retryAfter: TimeSpan.FromSeconds(10)) : ScriptedAws.Nothing(call));

        var summary = Assert.Single(await _harvest.RunAsync(service));

        Assert.Equal((AccountStatus.Complete, 0L), (summary.Status, summary.Gaps));
        Assert.InRange(summary.Throttled, 1, 20);
    }

    /// <summary>"I want a rate for each endpoint, not one for everything."</summary>
    [Fact]
    public async Task AThrottledOperationDoesNotSlowTheOthersNorOtherRegions()
    {
        Aws.On("kms:ListKeys", $$"""{"Keys":[{{Items(100, i => $$"""{"KeyId":"{{i}}","KeyArn":"arn:{{i}}"}""")}}]}""")
            .On("kms:DescribeKey", call => call.Target.Region == "eu-west-1" ? ScriptedAws.Error("ThrottlingException", AwsErrorKind.Throttled) : """{"KeyMetadata":{"KeyManager":"CUSTOMER"}}""");

        await _harvest.RunAsync("kms");

        Assert.All(_harvest.Snapshot.Gaps, gap => Assert.Equal("eu-west-1", gap.Region));
        Assert.All(_harvest.All("AWS::KMS::Key").Where(key => key.Region == "us-east-1"), key => Assert.Empty(key.Gaps));
    }

    /// <summary>"One throttled service aborts the sync of all accounts."</summary>
    [Fact]
    public async Task AThrottledServiceStopsNeitherTheOtherServicesNorTheOtherAccounts()
    {
        Aws.On("sns:ListTopics", call => call.Target.AccountId == Account ? ScriptedAws.Error("Throttling", AwsErrorKind.Throttled) : """{"Topics":[{"TopicArn":"arn:t"}]}""")
            .On("sqs:ListQueues", """{"QueueUrls":["q"]}""");

        var summaries = await _harvest.RunAsync(_harvest.Request("sns", "sqs") with { Targets = [Target(), Target("222222222222")] });

        Assert.Equal(
            [(Account, AccountStatus.Incomplete, 1), ("222222222222", AccountStatus.Complete, 2)],
            summaries.Select(summary => (summary.AccountId, summary.Status, summary.Services)).Order());
        Assert.All(_harvest.Lake.LatestAccount(Account)!.Gaps, gap => Assert.Equal(("sns", GapReason.Throttled), (gap.Service, gap.Reason)));
        Assert.Empty(_harvest.Lake.LatestAccount("222222222222")!.Gaps);
        Assert.Contains(_harvest.Lake.LatestAccount(Account)!.Resources(), resource => resource.Type == "AWS::SQS::Queue");
    }

    /// <summary>"Daily runs exceed the API limit: let me cap the calls."</summary>
    [Fact]
    public async Task CallsCanBeCappedOverAllAccountsAndTheRestIsReadTheNextDay()
    {
        var request = _harvest.Request("sns", "sqs", "sts") with { Targets = [.. Enumerable.Range(1, 10).Select(i => Target($"{i:000000000000}"))] };

        await _harvest.RunAsync(request with { MaxCall = 20 });
        Assert.Equal(20, Aws.Calls.Count);

        var harvest = _harvest.Lake.Harvests().Single();
        await _harvest.RunAsync(request with { Resume = harvest.HarvestId });
        Assert.Equal(HarvestStatus.Complete, _harvest.Lake.Harvests().Single().Status);
    }

    /// <summary>"I want a cap on the accounts that are read at once."</summary>
    [Fact]
    public async Task AccountsReadAtOnceAreCapped()
    {
        var now = new HashSet<string>();
        var most = 0;
        Aws.Before = async (call, _) =>
        {
            lock (now)
            {
                now.Add(call.Target.AccountId!);
                most = Math.Max(most, now.Count);
            }

            await Task.Yield();
            lock (now)
            {
                now.Remove(call.Target.AccountId!);
            }
        };

        await _harvest.RunAsync(_harvest.Request("sns", "sqs") with { ThrottleLimit = 2, Targets = [.. Enumerable.Range(1, 30).Select(i => Target($"{i:000000000000}"))] });

        Assert.InRange(most, 1, 2);
    }

    /// <summary>"285,070 log groups: five days, for a call each."</summary>
    [Theory]
    [InlineData("logs", "DescribeLogGroups", "logGroups", """{"logGroupName":"g#","arn":"arn:g#","logGroupArn":"arn:g#"}""")]
    [InlineData("ec2", "DescribeVolumes", "Volumes", """{"VolumeId":"vol-#"}""")]
    [InlineData("cloudwatch", "DescribeAlarms", "MetricAlarms", """{"AlarmName":"a#","AlarmArn":"arn:a#"}""")]
    public async Task WhatAnAccountHasHundredsOfThousandsOfIsReadByThePageNotOneByOne(string service, string operation, string list, string item)
    {
        var model = Shipped.Content.Catalog.Service(service).Name;
        Aws.Regions("eu-west-1");
        await _harvest.RunAsync(service);
        var empty = Aws.Calls.Count;

        Aws.On($"{model}:{operation}", $$"""{"{{list}}":[{{Items(500, i => item.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture)))}}]}""");
        var summary = Assert.Single(await _harvest.RunAsync(service));

        Assert.InRange(summary.Resources, 500, 510);
        Assert.Equal(empty, Aws.Calls.Count - empty);
    }

    /// <summary>"Killed for lack of memory", "2 GB are not enough for one account".</summary>
    [Fact]
    public async Task MemoryDoesNotGrowWithWhatIsRead()
    {
        var page = 0;
        long early = 0, late = 0;
        var items = Items(400, i => $$"""{"logGroupName":"g#{{i}}","arn":"arn:g#{{i}}","logGroupArn":"arn:g#{{i}}","text":"{{new string('x', 400)}}"}""");
        Aws.Regions("eu-west-1").On("logs:DescribeLogGroups", _ =>
        {
            page++;
            early = page == 20 ? GC.GetTotalMemory(forceFullCollection: true) : early;
            late = page == 200 ? GC.GetTotalMemory(forceFullCollection: true) : late;
            return $$"""{"logGroups":[{{items.Replace("#", page + "-", StringComparison.Ordinal)}}]{{(page < 200 ? $",\"nextToken\":\"{page}\"" : "")}}}""";
        });

        var summary = Assert.Single(await _harvest.RunAsync("logs"));

        // 36 MB came in between.
        Assert.Equal(200 * 400, summary.Resources);
        Assert.InRange(late - early, long.MinValue, 12_000_000);
    }

    /// <summary>"One client for each service, account and Region: 25 GB for 10,000 accounts", "half an hour until the first call".</summary>
    [Fact]
    public async Task ThousandsOfAccountsCostNothingBeforeTheyAreRead()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var request = _harvest.Request() with { Targets = [.. Enumerable.Range(1, 10_000).Select(i => Target($"{i:000000000000}"))], ThrottleLimit = 4 };
        long atFirstCall = 0;
        using var stop = new CancellationTokenSource();
        Aws.Before = (_, cancellationToken) =>
        {
            atFirstCall = GC.GetTotalMemory(forceFullCollection: true);
            stop.Cancel();
            return Task.FromCanceled(stop.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _harvest.RunAsync(request, stop.Token));

        Assert.InRange(Aws.Calls.Count, 1, 4);
        Assert.InRange(atFirstCall - before, long.MinValue, 30_000_000);
    }

    private static string Items(int count, Func<int, string> item) => string.Join(",", Enumerable.Range(0, count).Select(item));
}
