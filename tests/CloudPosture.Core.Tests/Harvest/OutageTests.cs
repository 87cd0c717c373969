using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>What AWS or the way to it keeps back for a while hides nothing that is known, and is read once it can be.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly HarvestFixture _harvest = new();
    private string _day = "1";

    public OutageTests() => Aws
        .On("sns:ListTopics", call => $$"""{"Topics":[{"TopicArn":"{{call.Target.Region}}-{{_day}}"}]}""")
        .On("sqs:ListQueues", call => $$"""{"QueueUrls":["{{call.Target.Region}}-{{_day}}"]}""");

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Theory]
    [InlineData(AwsErrorKind.Unreachable)]
    [InlineData(AwsErrorKind.TimedOut)]
    [InlineData(AwsErrorKind.Transient)]
    [InlineData(AwsErrorKind.Throttled)]
    [InlineData(AwsErrorKind.Malformed)]
    public async Task AnOutageHidesNothingAndResumingReadsWhatItKeptBack(AwsErrorKind kind)
    {
        await ReadYesterdayAsync();
        Fail(_ => true, kind);

        var summary = Assert.Single(await _harvest.RunAsync(Request()));

        Assert.Equal((AccountStatus.Failed, 0), (summary.Status, summary.Services));
        Assert.Equal("ResumeLater", summary.Advice?.Id);
        Assert.Equal(Everything("1"), Resources());
        Assert.Equal(HarvestStatus.Incomplete, _harvest.Lake.Harvest(summary.HarvestId).Status);

        // While it lasts, resuming changes nothing.
        Assert.Equal(AccountStatus.Failed, Assert.Single(await ResumeAsync(summary)).Status);
        Assert.Equal(Everything("1"), Resources());

        Aws.Before = (_, _) => Task.CompletedTask;
        var resumed = Assert.Single(await ResumeAsync(summary));
        Assert.Equal((AccountStatus.Complete, 2, 0L), (resumed.Status, resumed.Services, resumed.Gaps));
        Assert.Equal(Everything("2"), Resources());
    }

    [Theory]
    [InlineData(301, "file:///etc/passwd")]
    [InlineData(302, "https://sign-in.example.com/")]
    [InlineData(307, "file:///etc/passwd")]
    [InlineData(308, "http://169.254.169.254/")]
    [InlineData(403, null)]
    [InlineData(408, null)]
    [InlineData(600, null)]
    [InlineData(999, null)]
    public async Task WhatSomethingBetweenAnswersIsAnOutageWhateverItsStatus(int status, string? location)
    {
        await ReadYesterdayAsync();
        using var between = new Between(status, location);
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { Environment = _ => null, HttpMessageHandler = between });

        var summary = Assert.Single(await RunAsync(client, Request()));

        Assert.Equal((AccountStatus.Failed, 0), (summary.Status, summary.Services));
        Assert.Equal(Everything("1"), Resources());
        Assert.Equal(AccountStatus.Failed, Assert.Single(await RunAsync(client, Request() with { Resume = summary.HarvestId })).Status);
        Assert.Equal(HarvestStatus.Incomplete, _harvest.Lake.Harvest(summary.HarvestId).Status);
        Assert.Contains(Assess(), finding => finding is { Service: "sns", ResourceId: "*", Status: FindingStatus.NotAssessed });
        Assert.All(between.Hosts, host => Assert.EndsWith(".amazonaws.com", host, StringComparison.Ordinal));
        var resumed = Assert.Single(await ResumeAsync(summary));
        Assert.Equal((AccountStatus.Complete, 0L), (resumed.Status, resumed.Gaps));
        Assert.Equal(Everything("2"), Resources());
    }

    [Fact]
    public async Task WhatAnOutageKeptBackIsNotFresh()
    {
        await ReadYesterdayAsync();
        Fail(call => call.Operation.Service.Name == "sns", AwsErrorKind.Unreachable);
        await _harvest.RunAsync(Request());
        Aws.Before = (_, _) => Task.CompletedTask;

        var summary = Assert.Single(await _harvest.RunAsync(Request() with { MaxAge = TimeSpan.FromDays(7) }));

        Assert.Equal((AccountStatus.Complete, 1, 1), (summary.Status, summary.Services, summary.Fresh));
        Assert.Equal(Everything("2"), Resources());
    }

    [Fact]
    public async Task ListsThatFailAreThoseOfTheDayBeforeAndTheOthersAreNew()
    {
        await ReadYesterdayAsync();
        Fail(call => call.Operation.Name == "ListTopics" && call.Target.Region == "eu-west-1", AwsErrorKind.Transient);

        var summary = Assert.Single(await _harvest.RunAsync(Request()));

        Assert.Equal((AccountStatus.Incomplete, 1, 3L), (summary.Status, summary.Services, summary.Resources));
        Assert.Contains("sns in eu-west-1 (ListTopics answered Outage", summary.Failure);
        Assert.Equal(["eu-west-1-1", "eu-west-1-2", "us-east-1-2", "us-east-1-2"], Resources());
        Assert.Equal(Resources(), _harvest.Lake.ReadResources(new ResourceQuery()).Select(resource => resource.Id).Order(StringComparer.Ordinal));
        var notListed = Assess().Where(finding => finding is { Service: "sns", ResourceId: "*" }).ToList();
        Assert.NotEmpty(notListed);
        Assert.All(notListed, finding => Assert.Equal((FindingStatus.NotAssessed, "eu-west-1", true), (finding.Status, finding.Region, finding.Evidence.Contains("Outage", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task WhatFailsAgainWhenResumedIsLeftAtThatAndNeverReadForEver()
    {
        await ReadYesterdayAsync();
        Fail(call => call.Operation.Name == "ListTopics" && call.Target.Region == "eu-west-1", AwsErrorKind.Transient);
        var first = Assert.Single(await _harvest.RunAsync(Request()));

        var second = Assert.Single(await ResumeAsync(first));

        Assert.Equal((AccountStatus.Complete, 2, 1L), (second.Status, second.Services, second.Gaps));
        Assert.Equal(HarvestStatus.Complete, _harvest.Lake.Harvest(first.HarvestId).Status);
        Assert.Equal(["eu-west-1-1", "eu-west-1-2", "us-east-1-2", "us-east-1-2"], Resources());
        var sent = Aws.Calls.Count;
        await _harvest.RunAsync(Request() with { HarvestId = first.HarvestId });
        Assert.Equal(sent, Aws.Calls.Count);
    }

    [Fact]
    public async Task ASecondReadingThatBringsLessLeavesTheFirst()
    {
        Fail(call => call.Operation.Name == "ListTopics" && call.Target.Region == "eu-west-1", AwsErrorKind.Transient);
        var first = Assert.Single(await _harvest.RunAsync(Request()));
        Fail(call => call.Operation.Name == "ListTopics", AwsErrorKind.Transient);

        var second = Assert.Single(await ResumeAsync(first));

        Assert.Equal((AccountStatus.Complete, 2, 3L), (second.Status, second.Services, second.Resources));
        Assert.Equal(["eu-west-1-1", "us-east-1-1", "us-east-1-1"], Resources());
    }

    [Fact]
    public async Task OneResourceOfHundredsThatFailsForGoodLeavesTheServiceReadButNotFresh()
    {
        Aws.On("s3:ListBuckets", $$"""{"Buckets":[{{string.Join(",", Enumerable.Range(0, 300).Select(i => $$"""{"Name":"b{{i}}"}"""))}}]}""")
            .On("s3:GetBucketPolicy", call => call.Input.GetProperty("Bucket").ValueEquals("b7") ? ScriptedAws.Error("InternalError", AwsErrorKind.Transient) : """{"Policy":"{\"Version\":\"2012-10-17\"}"}""");

        var summary = Assert.Single(await _harvest.RunAsync("s3"));

        Assert.Equal((AccountStatus.Complete, 1, 300L, 1L), (summary.Status, summary.Services, summary.Resources, summary.Gaps));
        Assert.Equal(0, Assert.Single(await _harvest.RunAsync(_harvest.Request("s3") with { MaxAge = TimeSpan.FromDays(7) })).Fresh);
    }

    [Fact]
    public async Task ARegionThatStopsAnsweringBetweenListAndItemsLeavesTheListUnread()
    {
        Aws.Regions("eu-west-1").On("sns:GetTopicAttributes", """{"Attributes":{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:t","Owner":"me"}}""");
        await ReadYesterdayAsync();
        Fail(call => call.Operation.Name == "GetTopicAttributes", AwsErrorKind.Unreachable);

        var summary = Assert.Single(await _harvest.RunAsync(_harvest.Request("sns")));

        Assert.Equal((AccountStatus.Incomplete, 0), (summary.Status, summary.Services));
        Assert.Equal("eu-west-1-1", _harvest.One("AWS::SNS::Topic").Id);
        Assert.Empty(_harvest.One("AWS::SNS::Topic").Gaps);
        Assert.Contains(Assess(), finding => finding is { Service: "sns", ResourceId: "*", Status: FindingStatus.NotAssessed });
    }

    [Fact]
    public async Task NamesThatDoNotResolveForAWhileAreAnOutageAndAServiceThatIsNowhereIsNone()
    {
        var names = new AwsServiceException("no such host", new SocketException((int)SocketError.HostNotFound)) { Kind = AwsErrorKind.Unreachable, Code = "Unreachable" };
        await ReadYesterdayAsync();
        Aws.Before = (_, _) => throw names;
        Assert.Equal(AccountStatus.Failed, Assert.Single(await _harvest.RunAsync(Request())).Status);
        Assert.Equal(Everything("1"), Resources());

        // SNS was there, so it still is; nobody ever saw Macie.
        Aws.Before = (call, _) => call.Operation.Service.Name is "sns" or "macie" ? throw names : Task.CompletedTask;
        var summary = Assert.Single(await _harvest.RunAsync(_harvest.Request("sns", "sqs", "macie")));
        Assert.Equal((AccountStatus.Incomplete, 2), (summary.Status, summary.Services));
        Assert.DoesNotContain("macie", summary.Failure);
        Assert.Contains("sns in eu-west-1, us-east-1", summary.Failure);
    }

    [Fact]
    public async Task AStormOfErrorsIsNotMetWithTriesWithoutEnd()
    {
        Aws.Regions("eu-west-1").On("s3:ListBuckets", $$"""{"Buckets":[{{string.Join(",", Enumerable.Range(0, 500).Select(i => $$"""{"Name":"b{{i}}"}"""))}}]}""");
        Aws.Before = (call, _) => call.Operation.Name is not ("ListBuckets" or "DescribeRegions") ? throw ScriptedAws.Error("InternalError", AwsErrorKind.Transient) : Task.CompletedTask;

        await _harvest.RunAsync("s3");

        // The quota of an AWS SDK: a retry costs 5 of 500.
        var calls = Aws.Calls.Select(call => call.Operation + call.Input).ToList();
        Assert.InRange(calls.Count - calls.Distinct().Count(), 1, 101);
        Assert.InRange(calls.Distinct().Count(), 500, int.MaxValue);
    }

    private async Task<List<AccountSummary>> RunAsync(IAwsCaller aws, HarvestRequest request)
    {
        var summaries = new List<AccountSummary>();
        await foreach (var summary in new Harvester(aws, Shipped.Content, _harvest.Clock, new RetryLimits(10, 3)).RunAsync(request, default))
        {
            summaries.Add(summary);
        }

        return summaries;
    }

    private async Task ReadYesterdayAsync()
    {
        Assert.Equal(AccountStatus.Complete, Assert.Single(await _harvest.RunAsync(Request())).Status);
        _harvest.Clock.Advance(TimeSpan.FromDays(1));
        _day = "2";
    }

    /// <summary>The Regions are given, so that the account is begun whatever fails.</summary>
    private HarvestRequest Request() => _harvest.Request("sns", "sqs") with { Targets = [Target() with { Regions = ["eu-west-1", "us-east-1"] }] };

    private Task<List<AccountSummary>> ResumeAsync(AccountSummary harvest) => _harvest.RunAsync(Request() with { Resume = harvest.HarvestId });

    private void Fail(Func<AwsCall, bool> which, AwsErrorKind kind) =>
        Aws.Before = (call, _) => which(call) ? throw ScriptedAws.Error("Outage", kind) : Task.CompletedTask;

    private string[] Resources() => [.. _harvest.Snapshot.Resources().Select(resource => resource.Id).Order(StringComparer.Ordinal)];

    private static string[] Everything(string day) => [$"eu-west-1-{day}", $"eu-west-1-{day}", $"us-east-1-{day}", $"us-east-1-{day}"];

    private IReadOnlyList<Finding> Assess() => [.. Assessor.Assess(_harvest.Snapshot, LakeContents.Rules)];

    /// <summary>A proxy, a gateway or a sign-in page between us and AWS.</summary>
    private sealed class Between(int status, string? location) : HttpMessageHandler
    {
        public ConcurrentBag<string> Hosts { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Hosts.Add(request.RequestUri!.Host);
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("<html>Please sign in.</html>") };
            if (location is not null)
            {
                answer.Headers.TryAddWithoutValidation("Location", location);
            }

            return Task.FromResult(answer);
        }
    }
}
