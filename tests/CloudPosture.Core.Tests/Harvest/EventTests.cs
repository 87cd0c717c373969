using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Aws;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Events;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>Events are read where they are asked for alone, and of them no more is kept than who caused which, and when.</summary>
public sealed class EventTests : IDisposable
{
    private const string Service = "cloudtrail-events";
    private const string Operation = "cloudtrail:LookupEvents";
    private const string Secret = "event-secret";
    private static readonly EventLookup Lookup = new(["AttachUserPolicy", "CreateAccessKey", "GetCallerIdentity"], TimeSpan.FromDays(1));
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task AHarvestOfEverythingAsksForNone()
    {
        Aws.On("iam:GenerateCredentialReport", """{"State":"COMPLETE"}""");

        await _harvest.RunAsync(_harvest.Request() with { Events = Lookup });

        Assert.Equal(0, Aws.Count(Operation));
        Assert.DoesNotContain(Service, Assert.Single(_harvest.Lake.Harvests()).Services);
    }

    [Theory]
    [InlineData(false, Service)]
    [InlineData(true, Service, "sns")]
    public async Task TheyAreNotReadUnlessTheyAreAskedForNorBesideOthers(bool isAsked, params string[] services)
    {
        var request = _harvest.Request(services) with { Events = isAsked ? Lookup : null };

        var error = await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(request));

        Assert.Contains(Service, error.Message);
        Assert.Empty(Aws.Calls);
    }

    [Fact]
    public async Task OfAnEventNothingIsKeptButItsNameItsTimeAndWhoCausedIt()
    {
        var start = _harvest.Clock.UtcNow;
        Answer(("AttachUserPolicy", "eve", start.AddHours(-3)), ("AttachUserPolicy", "eve", start.AddHours(-5)), ("CreateAccessKey", "eve", start.AddHours(-1)));

        await RunAsync();

        var eve = _harvest.One("AWS::CloudTrail::Principal");
        Assert.Equal(("arn:aws:sts::111122223333:assumed-role/ops/eve", "global"), (eve.Arn, eve.Region));
        Assert.Equal("""
            {"Principal":"arn:aws:sts::111122223333:assumed-role/ops/eve","PrincipalType":"AssumedRole","Role":"arn:aws:iam::111122223333:role/ops","IsReader":false,"Since":"2026-05-03T12:00:00+00:00","Until":"2026-05-04T12:00:00+00:00","Events":[{"Name":"AttachUserPolicy","Count":4,"First":"2026-05-04T07:00:00+00:00","Last":"2026-05-04T09:00:00+00:00"},{"Name":"CreateAccessKey","Count":2,"First":"2026-05-04T11:00:00+00:00","Last":"2026-05-04T11:00:00+00:00"}]}
            """.Trim(), eve.Configuration.GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.DoesNotContain(LakeContents.Of(_harvest.Lake), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EachNameIsAskedForInEachRegionWithinTheWindow()
    {
        await RunAsync();

        Assert.Equal(
            from region in new[] { "eu-west-1", "us-east-1" } from name in Lookup.Names select (region, name),
            Aws.Calls.Where(call => call.Operation == "LookupEvents").Select(call => (call.Region, Name: NameOf(call.Input))).Order());
        Assert.All(Aws.Calls.Where(call => call.Operation == "LookupEvents"), call =>
        {
            var input = JsonDocument.Parse(call.Input).RootElement;
            Assert.Equal(("2026-05-03T12:00:00Z", "2026-05-04T12:00:00Z"), (input.GetProperty("StartTime").GetString(), input.GetProperty("EndTime").GetString()));
        });
    }

    [Fact]
    public async Task WhoReadsIsToldFromTheOthersByItsRole()
    {
        var now = _harvest.Clock.UtcNow;
        Answer(("GetCallerIdentity", "one", now), ("GetCallerIdentity", "two", now));

        await RunAsync(Target() with { Caller = "arn:aws:iam::111122223333:role/team/ops" });

        Assert.Equal([true, true], _harvest.All("AWS::CloudTrail::Principal").Select(principal => principal.Configuration.GetProperty("IsReader").GetBoolean()));
    }

    [Theory]
    [InlineData("{\"userIdentity\":{\"type\":\"AWSService\",\"invokedBy\":\"event-secret\"}}")]
    [InlineData("{\"userIdentity\":{\"type\":\"AssumedRole\",\"arn\":\"event-secret, which is no ARN\"}}")]
    [InlineData("{\"userIdentity\":null}")]
    [InlineData("{}")]
    public async Task WhatNoPrincipalOfTheAccountCausedIsPassedOver(string record)
    {
        Aws.On(Operation, call => Events([(NameOf(call.Input.GetRawText()), record, _harvest.Clock.UtcNow)]));

        await RunAsync();

        Assert.Empty(_harvest.All("AWS::CloudTrail::Principal"));
        Assert.Empty(_harvest.Snapshot.Gaps);
        Assert.DoesNotContain(LakeContents.Of(_harvest.Lake), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("event-secret is no record")]
    [InlineData("[\"event-secret\"]")]
    public async Task ARecordThatIsNoneIsAGapThatDoesNotQuoteIt(string record)
    {
        Aws.On(Operation, call => Events([(NameOf(call.Input.GetRawText()), record, _harvest.Clock.UtcNow)]));

        await RunAsync();

        Assert.NotEmpty(_harvest.Snapshot.Gaps);
        Assert.DoesNotContain(LakeContents.Of(_harvest.Lake), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EventsOfOtherNamesAreNotTaken()
    {
        Aws.On(Operation, _ => Events([("DeleteTrail", Record("eve"), _harvest.Clock.UtcNow)]));

        await RunAsync();

        Assert.Empty(_harvest.All("AWS::CloudTrail::Principal"));
    }

    [Fact]
    public async Task WithoutThePermissionTheRulesAreNotAssessed()
    {
        Aws.On(Operation, ScriptedAws.Denied);

        var summary = Assert.Single(await RunAsync());

        Assert.Equal((AccountStatus.Complete, 2L), (summary.Status, summary.Gaps));
        Assert.All(_harvest.Snapshot.Gaps, gap => Assert.Equal((Operation, GapReason.AccessDenied), (gap.Action, gap.Reason)));
        var findings = Assess();
        Assert.Equal(3, findings.Count);
        Assert.All(findings, finding => Assert.Equal((FindingStatus.NotAssessed, "*", "global"), (finding.Status, finding.ResourceId, finding.Region)));
        Assert.All(findings, finding => Assert.EndsWith("cloudtrail:LookupEvents answered AccessDenied in eu-west-1, us-east-1", finding.Evidence));
    }

    [Fact]
    public async Task WhatFailsIsToldThoughARegionCouldNotBeAsked()
    {
        var names = Setting("CloudTrail.LlmJackingActivity", "events");
        var now = _harvest.Clock.UtcNow;
        Answer([.. names.Select(name => (name, "eve", now.AddHours(-1)))]);
        var answer = Answers;
        Aws.On(Operation, call => call.Target.Region == "us-east-1" ? ScriptedAws.Denied : answer(call));

        await RunAsync(lookup: new EventLookup(names, TimeSpan.FromDays(1)));

        var told = Assess().Where(finding => finding.RuleId == "CloudTrail.LlmJackingActivity").ToList();
        Assert.Equal([(FindingStatus.Fail, "arn:aws:sts::111122223333:assumed-role/ops/eve"), (FindingStatus.NotAssessed, "arn:aws:cloudtrail-events::111122223333:*")], told.Select(finding => (finding.Status, finding.ResourceArn)));
    }

    [Fact]
    public async Task ThrottlingIsWaitedFor()
    {
        var left = 3;
        Answer(("AttachUserPolicy", "eve", _harvest.Clock.UtcNow));
        var answer = Answers;
        Aws.On(Operation, call => left-- > 0 ? ScriptedAws.Error("ThrottlingException", AwsErrorKind.Throttled) : answer(call));

        var summary = Assert.Single(await RunAsync());

        Assert.Equal((AccountStatus.Complete, 0L), (summary.Status, summary.Gaps));
        Assert.Single(_harvest.All("AWS::CloudTrail::Principal"));
        Assert.Equal(2 * Lookup.Names.Count + 3, Aws.Count(Operation));
    }

    [Fact]
    public async Task ARegionIsAskedNoFasterThanHalfOfWhatAwsPublishes()
    {
        var calls = new Dictionary<string, List<DateTimeOffset>>();
        Aws.Before = (call, _) =>
        {
            lock (calls)
            {
                if (call.Operation.Name == "LookupEvents")
                {
                    (calls.TryGetValue(call.Target.Region, out var known) ? known : calls[call.Target.Region] = []).Add(_harvest.Clock.UtcNow);
                }
            }

            return Task.CompletedTask;
        };

        await RunAsync(lookup: new EventLookup([.. Enumerable.Range(0, 40).Select(number => $"Event{number}")], TimeSpan.FromDays(1)));

        Assert.All(calls.Values, times => Assert.True(times[^1] - times[0] >= TimeSpan.FromSeconds(times.Count - 3), $"{times.Count} calls in {times[^1] - times[0]}"));
    }

    [Fact]
    public async Task WhereverABudgetStopsItResumingBringsTheSame()
    {
        var now = _harvest.Clock.UtcNow;
        Answer([.. Lookup.Names.Select(name => (name, "eve", now.AddHours(-1)))]);
        var whole = Assert.Single(await RunAsync());
        var expected = Principals(whole.HarvestId);

        for (var budget = 2; budget < whole.Calls; budget++)
        {
            var stopped = Assert.Single(await _harvest.RunAsync(Request() with { MaxCall = budget }));
            Assert.NotEqual(AccountStatus.Complete, stopped.Status);

            var resumed = Assert.Single(await _harvest.RunAsync(_harvest.Request() with { Resume = stopped.HarvestId, Events = Lookup }));
            Assert.Equal(AccountStatus.Complete, resumed.Status);
            Assert.Equal(expected, Principals(stopped.HarvestId));
        }
    }

    private Func<AwsCall, object> Answers { get; set; } = _ => "{}";

    private static string[] Setting(string rule, string name) => [.. LakeContents.Rules.Find(rule)!.Settings.Single(setting => setting.Name == name).Value];

    private static string NameOf(string input) => JsonDocument.Parse(input).RootElement.GetProperty("LookupAttributes")[0].GetProperty("AttributeValue").GetString()!;

    private static string Record(string session) => $$$$"""
        {"userIdentity":{"type":"AssumedRole","principalId":"{{{{Secret}}}}","arn":"arn:aws:sts::111122223333:assumed-role/ops/{{{{session}}}}","accessKeyId":"{{{{Secret}}}}","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/ops","userName":"{{{{Secret}}}}"}}},"sourceIPAddress":"{{{{Secret}}}}","userAgent":"{{{{Secret}}}}","requestParameters":{"password":"{{{{Secret}}}}"},"responseElements":{"token":"{{{{Secret}}}}"}}
        """;

    private static string Events(IEnumerable<(string Name, string Record, DateTimeOffset Time)> events) => JsonSerializer.Serialize(new
    {
        Events = events.Select(one => new { EventId = Secret, EventName = one.Name, AccessKeyId = Secret, EventTime = one.Time.ToString("yyyy-MM-dd'T'HH:mm:ssK"), Username = Secret, Resources = new[] { new { ResourceName = Secret } }, CloudTrailEvent = one.Record }),
    });

    /// <summary>Answers in every Region with those of the events that are asked for.</summary>
    private void Answer(params (string Name, string Session, DateTimeOffset Time)[] events)
    {
        Answers = call => Events(events.Where(one => one.Name == NameOf(call.Input.GetRawText())).Select(one => (one.Name, Record(one.Session), one.Time)));
        Aws.On(Operation, Answers);
    }

    private HarvestRequest Request() => _harvest.Request(Service) with { Events = Lookup };

    private Task<List<AccountSummary>> RunAsync(AccountTarget? target = null, EventLookup? lookup = null) =>
        _harvest.RunAsync(Request() with { Events = lookup ?? Lookup, Targets = [target ?? Target()] });

    private string[] Principals(string harvestId) => [.. _harvest.Lake.ReadResources(new ResourceQuery { HarvestId = harvestId }).Select(resource => string.Join(",", resource.Configuration.GetProperty("Events").EnumerateArray().Select(one => $"{resource.Arn} {one.GetProperty("Name")} {one.GetProperty("Count")}")))];

    private List<Finding> Assess() => [.. Assessor.Assess(_harvest.Snapshot, LakeContents.Rules)];
}
