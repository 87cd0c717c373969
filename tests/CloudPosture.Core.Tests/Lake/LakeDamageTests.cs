using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Errors;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

/// <summary>What is not as it was written is told once and counts as not read; what is beside it goes on.</summary>
public sealed class LakeDamageTests : IDisposable
{
    private const string Account1 = "111122223333";
    private const string Account2 = "444455556666";
    private readonly TemporaryLake _lake = new();
    private readonly List<LakeException> _damages = [];

    public LakeDamageTests()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a", "b");
            Commit(writer, Account1, "kms", Noon, "c");
            Commit(writer, Account2, "s3", Noon, "d");
        }

        _lake.Lake.OnDamage = _damages.Add;
    }

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void AMemberThatWasReplacedByAnotherOfTheSameLengthIsNotRead()
    {
        var file = _lake.FileOf("resources", Account1);
        var segment = _lake.Lake.Harvest("h1").Commits.Single(commit => commit is { AccountId: Account1, Service: "s3" }).Resources!;
        var bytes = File.ReadAllBytes(file);
        var forged = Gzip(Ungzip(bytes[..(int)segment.Length]).Replace("\"N\":1", "\"N\":2", StringComparison.Ordinal));
        Array.Resize(ref forged, (int)segment.Length);
        forged.CopyTo(bytes, 0);
        File.WriteAllBytes(file, bytes);

        AssertServiceUnread(file, "s3", ["c", "d"]);
    }

    [Fact]
    public void AMemberWhoseLengthTheJournalTellsWrongIsNotRead()
    {
        EditJournal(entry =>
        {
            if (entry["service"] is { } service && (string)service["service"]! == "s3" && (string)service["accountId"]! == Account1)
            {
                service["resources"]!["length"] = 10;
            }
        });

        AssertServiceUnread(_lake.FileOf("resources", Account1), "s3", ["c", "d"]);
    }

    [Fact]
    public void AFileThatIsGoneIsToldAndNotTakenForEmpty()
    {
        File.Delete(_lake.FileOf("resources", Account2));

        AssertServiceUnread(_lake.FileOf("resources", Account2), "s3", ["a", "b", "c"], Account2);
    }

    [Theory]
    [InlineData("{\"account\":{\"accountId\":\"../../../evil\",\"accountName\":\"a\",\"partition\":\"aws\",\"connection\":\"c\"}}")]
    [InlineData("{\"account\":null,\"service\":{}}")]
    [InlineData("nonsense")]
    public void AJournalThatWasEditedIsToldWithItsLineAndNoneOfItsAccountsPasses(string line)
    {
        var journal = _lake.HarvestFile("journal.jsonl");
        var lines = File.ReadAllLines(journal);
        lines[1] = line;
        File.WriteAllText(journal, string.Join("\n", lines) + "\n");
        using (var writer = HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = "h0", StartedAt = Noon.AddDays(-1), Accounts = [Account2], Services = ["s3"] }))
        {
            Commit(writer, Account2, "s3", Noon.AddDays(-1), "old");
        }

        Assert.Contains(_lake.Ids(), id => id == "old");
        _ = _lake.Lake.LatestAccounts().Select(account => account.Gaps.Count).ToList();

        var damage = Assert.Single(_damages);
        Assert.Equal(journal, damage.Path);
        Assert.Contains("line 2 is damaged", damage.Message, StringComparison.Ordinal);
        Assert.Contains("harvest these accounts again", damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("types")]
    [InlineData("unread")]
    [InlineData("statistics")]
    public void ALineThatLacksWhatItMustHaveConcernsItsAccountAlone(string member)
    {
        EditJournal(entry =>
        {
            if (entry["service"] is { } service && (string)service["accountId"]! == Account1)
            {
                service[member] = null;
            }
        });

        Assert.Equal(["d"], _lake.Ids());
        Assert.Contains("line 2 is damaged", Assert.Single(_damages).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheNewestHarvestReadIsUnknownWhereItsJournalIsDamaged()
    {
        using (var writer = HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = "h2", StartedAt = Noon.AddDays(1), Accounts = [Account2], Services = ["s3"] }))
        {
            Commit(writer, Account2, "s3", Noon.AddDays(1), "new");
        }

        var journal = _lake.HarvestFile("journal.jsonl", "h2");
        File.WriteAllText(journal, "nonsense\n" + File.ReadAllText(journal));

        var account = _lake.Lake.LatestAccounts().Single(account => account.AccountId == Account2);
        Assert.False(account.WasHarvested("s3"));
        Assert.Contains("journal of harvest h2 is damaged", account.WhyUnread("s3"), StringComparison.Ordinal);
        Assert.Equal("name of " + Account2, account.AccountName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FindingsThatWereCutOrDeletedAreToldAndOlderOnesAreNoAnswer(int how)
    {
        WriteFindings("h1", "older");
        using (_lake.Write("h2", Noon.AddDays(1)))
        {
        }

        WriteFindings("h2", "first", "second");
        var file = _lake.FileOf("findings", Account1, "h2");
        switch (how)
        {
            case 0:
                File.WriteAllBytes(file, []);
                break;
            case 1:
                File.WriteAllBytes(file, Gzip(Ungzip(File.ReadAllBytes(file)).Split('\n')[0] + "\n"));
                break;
            default:
                File.Delete(file);
                break;
        }

        Assert.Empty(_lake.Lake.ReadFindings(new()));
        Assert.Empty(_lake.Lake.ReadFindings(new() { HarvestId = "h2" }));
        var damage = Assert.Single(_damages);
        Assert.Equal(file, damage.Path);
        Assert.Contains("2 findings", damage.Message, StringComparison.Ordinal);
        WriteFindings("h2", "again");
        Assert.Equal("again", Assert.Single(_lake.Lake.ReadFindings(new())).ResourceId);
    }

    [Fact]
    public void FindingsOfAnotherAccountAreNotThisOnes()
    {
        WriteFindings("h1", "own");
        var own = Path.GetDirectoryName(_lake.FileOf("findings", Account1))!;
        var other = Path.GetDirectoryName(_lake.FileOf("findings", Account2))!;
        Directory.CreateDirectory(other);
        foreach (var file in Directory.GetFiles(own))
        {
            File.Copy(file, Path.Combine(other, Path.GetFileName(file)), overwrite: true);
        }

        Assert.Equal("own", Assert.Single(_lake.Lake.ReadFindings(new())).ResourceId);

        var damage = Assert.Single(_damages);
        Assert.Equal(Path.Combine(other, "_assessment.json"), damage.Path);
        Assert.Contains(Account1, damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AProcessThatDiedBetweenTheNoteAndTheFindingsLeavesTheFindingsOfBefore(bool hasEarlier)
    {
        var file = _lake.FileOf("findings", Account1);
        if (hasEarlier)
        {
            WriteFindings("h1", "before");
        }

        var before = hasEarlier ? File.ReadAllBytes(file) : null;
        WriteFindings("h1", "after");
        var note = Path.Combine(Path.GetDirectoryName(file)!, "_assessment.json");
        var pending = JsonNode.Parse(File.ReadAllText(note))!.AsObject();
        pending["isPending"] = true;
        if (before is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllBytes(file, before);
            pending["before"] = JsonNode.Parse($$"""{"harvestId":"h1","accountId":"{{Account1}}","assessedAt":"2026-05-04T12:00:00Z","services":[],"findings":{"offset":0,"length":{{before.Length}},"sha256":"{{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(before))}}"},"count":1}""");
        }

        File.WriteAllText(note, pending.ToJsonString());

        Assert.Equal(hasEarlier ? ["before"] : [], _lake.Lake.ReadFindings(new()).Select(finding => finding.ResourceId));
        Assert.Empty(_damages);
    }

    [Fact]
    public void ALakeOfOldWithoutChecksumsOfFindingsOpens()
    {
        WriteFindings("h1", "old");
        var note = Path.Combine(Path.GetDirectoryName(_lake.FileOf("findings", Account1))!, "_assessment.json");
        var old = JsonNode.Parse(File.ReadAllText(note))!.AsObject();
        old.Remove("findings");
        old.Remove("count");
        File.WriteAllText(note, old.ToJsonString());
        Assert.Equal("old", Assert.Single(_lake.Lake.ReadFindings(new())).ResourceId);

        File.Delete(note);
        Assert.Equal("old", Assert.Single(_lake.Lake.ReadFindings(new())).ResourceId);
        Assert.Empty(_damages);
    }

    [Theory]
    [InlineData("x/../../elsewhere")]
    [InlineData("..")]
    [InlineData("")]
    public void AnIdThatIsNoNameIsRefusedBeforeItIsAPath(string id)
    {
        Assert.Throws<SettingException>(() => _lake.Lake.Harvest(id));
        Assert.Throws<SettingException>(() => HarvestJoin.Join(_lake.Lake, id));
        Assert.Throws<SettingException>(() => _lake.Lake.WriteFindings("h1", id));
        Assert.Throws<SettingException>(() => _lake.Lake.TryHold(id, out _));
        Assert.Empty(_lake.Lake.ReadFindings(new() { AccountIds = [id] }));
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string Ungzip(byte[] bytes) => new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)).ReadToEnd();

    private void AssertServiceUnread(string file, string service, string[] left, string accountId = Account1)
    {
        Assert.Equal(left, _lake.Ids());
        var account = _lake.Lake.LatestAccount(accountId)!;
        Assert.False(account.WasHarvested(service));
        Assert.Contains(file, account.WhyUnread(service), StringComparison.Ordinal);
        Assert.DoesNotContain(account.Resources(), resource => resource.Type == "AWS::" + service);
        Assert.Contains(_lake.Lake.ReadAllGaps(), gap => gap.AccountId == accountId && gap.Gap.Service == service);
        Assert.Equal(file, Assert.Single(_damages).Path);
    }

    private void EditJournal(Action<JsonNode> edit)
    {
        var journal = _lake.HarvestFile("journal.jsonl");
        var entries = File.ReadAllLines(journal).Select(line => JsonNode.Parse(line)!).ToList();
        entries.ForEach(edit);
        File.WriteAllText(journal, string.Concat(entries.Select(entry => entry.ToJsonString() + "\n")));
    }

    private void WriteFindings(string harvestId, params string[] resources)
    {
        using var writer = _lake.Lake.WriteFindings(harvestId, Account1, harvestId == "h1" ? Noon : Noon.AddDays(1));
        foreach (var resource in resources)
        {
            writer.Add(new Finding
            {
                FindingId = resource,
                RuleId = "A",
                Title = "t",
                Status = FindingStatus.Fail,
                Severity = Severity.High,
                Service = "s3",
                ResourceType = "AWS::S3::Bucket",
                ResourceId = resource,
                ResourceArn = "arn:aws:s3:::" + resource,
                ResourceName = resource,
                AccountId = Account1,
                AccountName = "n",
                Region = "eu-west-1",
                Evidence = "e",
                FirstSeen = Noon,
                LastSeen = Noon,
                Connection = "prod",
                HarvestId = harvestId,
            });
        }

        writer.Commit();
    }
}
