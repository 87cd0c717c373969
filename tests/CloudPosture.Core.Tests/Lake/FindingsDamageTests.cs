using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Lake.Findings;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

/// <summary>Findings that are not as they were written are told of once, and older ones are no answer in their place.</summary>
public sealed class FindingsDamageTests : LakeDamageTest
{
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
