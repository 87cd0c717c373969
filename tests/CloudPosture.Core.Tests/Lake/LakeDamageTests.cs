using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Errors;
using CloudPosture.Lake.Harvests;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

/// <summary>What is not as it was written is told once and counts as not read; what is beside it goes on.</summary>
public sealed class LakeDamageTests : LakeDamageTest
{
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
}
