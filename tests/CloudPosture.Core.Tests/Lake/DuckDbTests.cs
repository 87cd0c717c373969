using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Tests.Rules;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

/// <summary>The lake as DuckDB sees it, by the views we ship and the queries that the documentation shows.</summary>
public sealed class DuckDbTests : IDisposable
{
    private const string Account1 = "012345678901";
    private const string Account2 = "444455556666";
    private static readonly string Module = Path.Combine(ShippedRules.Repository, "module");
    private static readonly string Views = File.ReadAllText(Path.Combine(Module, "deploy", "duckdb.sql"));

    private readonly string _parent = Directory.CreateTempSubdirectory("posture-").FullName;
    private readonly PostureLake _lake;

    public DuckDbTests()
    {
        _lake = PostureLake.Open(Path.Combine(_parent, "lake"));
        using (var first = HarvestWriter.Open(_lake, Manifest("h1", Noon)))
        {
            Commit(first, Account1, "AWS::S3::Bucket", Noon, "kept", "gone");
            Commit(first, Account1, "AWS::EC2::SecurityGroup", Noon.AddMinutes(1), "sg-1", "sg-2");
            Commit(first, Account2, "AWS::S3::Bucket", Noon, "it's \"quoted\"\nΩ");
            first.Complete(Noon.AddHours(1));
        }

        // Two shards; only one service of one account is read again, and one of its two buckets has gone.
        using (var second = HarvestWriter.Open(_lake, Manifest("h2", Noon.AddDays(1)) with { ShardIndex = 0, ShardCount = 2 }))
        {
            Commit(second, Account1, "AWS::S3::Bucket", Noon.AddDays(1).AddTicks(1), "kept", "new");
        }

        using (var empty = HarvestWriter.Open(_lake, Manifest("h2", Noon.AddDays(1)) with { ShardIndex = 1, ShardCount = 2 }))
        {
            Commit(empty, Account2, "AWS::SNS::Topic", Noon.AddDays(1));
        }

        Write("h1", Account1, ("kept", FindingStatus.Fail), ("gone", FindingStatus.Fail));
        Write("h1", Account2, ("it's \"quoted\"\nΩ", FindingStatus.Pass));
        Write("h2", Account1, ("kept", FindingStatus.Pass), ("new", FindingStatus.Fail));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [DuckDbFact]
    public void ItSeesTheResourcesThatWeSee() => Compare(7);

    [DuckDbFact]
    public void ItSeesTheListsOfTheReadingBeforeWhereALaterOneFailed()
    {
        using (var third = HarvestWriter.Open(_lake, Manifest("h3", Noon.AddDays(2))))
        {
            Commit(third, Account1, "AWS::S3::Bucket", Noon.AddDays(2), [new UnreadList("AWS::S3::Bucket", "global")], "partial");
            Commit(third, Account1, "AWS::EC2::SecurityGroup", Noon.AddDays(2).AddMinutes(1), [new UnreadList("AWS::EC2::SecurityGroup", "us-east-1")], "sg-3");
        }

        using (var fourth = HarvestWriter.Open(_lake, Manifest("h4", Noon.AddDays(3))))
        {
            Commit(fourth, Account1, "AWS::S3::Bucket", Noon.AddDays(3), [new UnreadList("AWS::S3::Bucket", "eu-west-1")]);
        }

        Compare(9);
        Assert.Equal(["kept", "new", "sg-3"], Sorted(_lake.ReadResources(new() { AccountIds = [Account1] }).Select(resource => resource.Id)));
    }

    [DuckDbFact]
    public void ItSeesTheLatestFindingsThatWeSee() => ItSeesTheFindingsThatWeSee(5);

    private void ItSeesTheFindingsThatWeSee(int count)
    {
        Assert.Equal(
            Sorted(_lake.ReadFindings(new()).Select(finding => $"{finding.AccountId} {finding.ResourceId} {finding.Status} {finding.Severity}")),
            Sorted(Query("SELECT accountId || ' ' || resourceId || ' ' || status || ' ' || severity FROM latest_findings").Select(row => row[0])));
        Assert.Equal($"{count}", Query("SELECT count(*) FROM findings WHERE firstSeen <= lastSeen")[0][0]);
    }

    [DuckDbFact]
    public void ItSeesTheFindingsOfAHarvestThatWasResumedLate()
    {
        Write("h1", Account1, ("kept", FindingStatus.NotAssessed));

        ItSeesTheFindingsThatWeSee(4);
    }

    /// <summary>A line of the journal that is cut short, a member that is, one that no journal commits, and a file without any.</summary>
    [DuckDbFact]
    public void WhatACrashLeavesBehindHidesNothingElseAndIsPutRight()
    {
        var before = Rows();
        using (var torn = HarvestWriter.Open(_lake, Manifest("h3", Noon.AddDays(2)) with { Accounts = [Account1] }))
        {
            Commit(torn, Account1, "AWS::S3::Bucket", Noon.AddDays(2), "kept", "newest");
        }

        var harvest = _lake.Harvest("h3");
        var whole = File.ReadAllBytes(harvest.ResourcesPath(Account1));
        File.AppendAllText(harvest.JournalPath(null), "{\"service\":{\"accountId\":\"0123");
        foreach (var tail in new[] { whole[..(whole.Length / 2)], whole })
        {
            File.WriteAllBytes(harvest.ResourcesPath(Account1), [.. whole, .. tail]);
            Directory.CreateDirectory(Path.GetDirectoryName(harvest.GapsPath(Account2))!);
            File.WriteAllBytes(harvest.GapsPath(Account2), []);

            Assert.Equal(before.Where(row => !row.Contains(Account1 + " AWS::S3", StringComparison.Ordinal)), Rows());
            Assert.Equal([["resources", "h3", Account1]], Query("SELECT kind, harvest, account FROM files WHERE NOT isWhole"));

            Assert.Throws<LakeException>(() => HarvestJoin.Join(_lake, "h3"));
            Assert.Empty(Query("SELECT * FROM files WHERE NOT isWhole"));
            Assert.Contains(Rows(), row => row.EndsWith(" newest", StringComparison.Ordinal));
            Assert.Equal(whole, File.ReadAllBytes(harvest.ResourcesPath(Account1)));
        }

        string[] Rows() => [.. Sorted(Query("SELECT accountId || ' ' || type || ' ' || id FROM latest_resources").Select(row => row[0]))];
    }

    [DuckDbFact]
    public void ALakeWithoutGapsOrFindingsHasViewsAllTheSame()
    {
        foreach (var folder in new[] { "gaps", "findings", "resources" }.SelectMany(kind => Directory.GetDirectories(_lake.Path, kind, SearchOption.AllDirectories)))
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(["0", "0", "0", "0"], Query("SELECT (SELECT count(*) FROM gaps), (SELECT count(*) FROM latest_findings), (SELECT count(*) FROM findings), (SELECT count(*) FROM latest_resources)")[0]);
    }

    [DuckDbFact]
    public void ItSeesTheGapsThatWeSee() => Assert.Equal(
        Sorted(new[] { Account1, Account2 }.SelectMany(account => _lake.ReadGaps(account).Select(gap => $"{account} {gap.Service} {gap.Code} {gap.Reason}")).Distinct()),
        Sorted(Query("SELECT DISTINCT account || ' ' || service || ' ' || code || ' ' || reason FROM gaps").Select(row => row[0])));

    [DuckDbFact]
    public void TheQueriesOfTheDocumentationAnswer()
    {
        var answers = Regex.Matches(File.ReadAllText(Path.Combine(Module, "docs", "lake.md")), "```sql\n(.*?)```", RegexOptions.Singleline)
            .Concat(Regex.Matches(File.ReadAllText(Path.Combine(Module, "..", "README.md")), "```sql\n(.*?)```", RegexOptions.Singleline))
            .Select(block => Query(block.Groups[1].Value))
            .ToList();

        Assert.Equal(8, answers.Count);
        Assert.Empty(answers[0]);
        answers.RemoveAt(0);
        Assert.Equal([["High", "1"]], answers[0]);
        Assert.Equal([["S3.Rule", "a rule", "1", "1"]], answers[1]);
        Assert.Equal(
            _lake.ReadResources(new()).GroupBy(resource => resource.Type).OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => new[] { type.Key, $"{type.Count()}" }),
            answers[2]);
        Assert.Equal([[Account1, "eu-west-1", "sg-1", "default"]], answers[3]);
        Assert.Equal([["AWS::S3::Bucket", "arn:aws:x:::new"]], answers[4]);
        Assert.Equal([["team of new", "1"]], answers[5]);
        Assert.Equal(answers[0], answers[6]);
    }

    private void Compare(int all)
    {
        Assert.Equal(
            Sorted(_lake.ReadResources(new()).Select(resource => $"{resource.AccountId} {resource.Type} {resource.Id} {resource.HarvestId} {resource.Tags["Owner"]}")),
            Sorted(Query("SELECT accountId || ' ' || type || ' ' || id || ' ' || harvestId || ' ' || tags['Owner'] FROM latest_resources").Select(row => row[0])));
        Assert.Equal($"{all}", Query("SELECT count(*) FROM resources")[0][0]);
        Assert.Equal([Account1, "kept"], Query("SELECT account, configuration->>'$.Id' FROM resources WHERE id = 'kept' AND harvest = 'h1'")[0]);
    }

    private string[][] Query(string statement) => DuckDb.Query(_parent, Views + "\n" + statement + ";\n");

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);

    private static HarvestManifest Manifest(string id, DateTimeOffset startedAt) => new() { HarvestId = id, StartedAt = startedAt, Services = ["s3", "AWS::S3::Bucket", "AWS::EC2::SecurityGroup", "AWS::SNS::Topic"] };

    private static void Commit(HarvestWriter writer, string accountId, string type, DateTimeOffset at, params string[] ids) =>
        Commit(writer, accountId, type, at, [], ids);

    private static void Commit(HarvestWriter writer, string accountId, string type, DateTimeOffset at, IReadOnlyList<UnreadList> unread, params string[] ids)
    {
        var account = Account(accountId);
        writer.Record(account);
        using var service = writer.Begin(account, type, at);
        foreach (var id in ids)
        {
            var resource = Resource(accountId, type, id, at, writer.Manifest.HarvestId) with { Tags = new Dictionary<string, string> { ["Owner"] = "team of " + id, ["owner"] = "" } };
            service.Add(resource, json =>
            {
                json.WriteStartObject();
                json.WriteString("Id", id);
                json.WriteString("GroupName", id == "sg-1" ? "default" : "other");
                json.WriteEndObject();
            });
        }

        service.Add(Gap(type, type, code: "Denied"));
        service.Commit(new ServiceStatistics(), unread, hasPassingGaps: unread.Count > 0, isOpen: unread.Count > 0);
    }

    private void Write(string harvestId, string accountId, params (string Resource, FindingStatus Status)[] findings)
    {
        using var writer = _lake.WriteFindings(harvestId, accountId);
        foreach (var (resource, status) in findings)
        {
            writer.Add(Finding(harvestId, accountId, resource) with { Status = status });
        }

        writer.Commit();
    }

    internal static Finding Finding(string harvestId, string accountId, string resource) => new()
    {
        FindingId = accountId + resource,
        RuleId = "S3.Rule",
        Title = "a rule",
        Status = FindingStatus.Fail,
        Severity = Severity.High,
        Service = "s3",
        ResourceType = "AWS::S3::Bucket",
        ResourceId = resource,
        ResourceArn = "arn:aws:x:::" + resource,
        ResourceName = resource,
        AccountId = accountId,
        AccountName = accountId,
        Region = "eu-west-1",
        Evidence = "Policy.Statement[0] = {\"Effect\":\"Allow\"}",
        FirstSeen = Noon,
        LastSeen = Noon.AddDays(1),
        Connection = "prod",
        HarvestId = harvestId,
        Change = FindingChange.Unchanged,
        StatusSince = Noon,
        FirstFailed = Noon,
        LastPassed = Noon,
        LastVerdict = FindingStatus.Fail,
        LastVerdictSince = Noon,
    };
}
