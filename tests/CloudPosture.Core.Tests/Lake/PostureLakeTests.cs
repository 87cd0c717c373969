using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

public sealed class PostureLakeTests : IDisposable
{
    private const string Account1 = "111122223333";
    private const string Account2 = "444455556666";
    private readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void AccountsAreThoseOfTheMomentAtWhichSomebodyBeganToLook()
    {
        using var writer = _lake.Write();
        Commit(writer, Account1, "s3", Noon, "a");
        Commit(writer, Account2, "s3", Noon, "b");
        using var accounts = _lake.Lake.LatestAccounts().GetEnumerator();
        Assert.True(accounts.MoveNext());

        Commit(writer, Account2, "iam", Noon, "c");

        Assert.True(accounts.MoveNext());
        Assert.Equal((Account2, false, true), (accounts.Current.AccountId, accounts.Current.WasHarvested("iam"), _lake.Lake.LatestAccount(Account2)!.WasHarvested("iam")));
    }

    [Fact]
    public void AResourceComesBackAsItWasWritten()
    {
        var written = Resource(Account1, "AWS::S3::Bucket", "line\nbreak \"quote\" \u001b[31m ü 🎈", Noon) with
        {
            Tags = new Dictionary<string, string> { ["Name"] = "=cmd|' /C calc'!A0", ["ключ"] = "" },
            Gaps = [Gap("s3", "AWS::S3::Bucket", "Policy")],
            Namespace = "team",
        };
        using (var writer = _lake.Write())
        {
            using var service = writer.Begin(Account(Account1), "s3", Noon);
            service.Add(written);
            service.Commit(new ServiceStatistics());
        }

        var read = Assert.Single(_lake.Lake.ReadResources(new()));

        Assert.Equal(JsonSerializer.Serialize(written), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void AFileIsGzippedJsonLinesForAnyReader()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a", "b");
            Commit(writer, Account1, "iam", Noon, "c");
        }

        using var text = new StreamReader(new GZipStream(File.OpenRead(_lake.FileOf("resources", Account1)), CompressionMode.Decompress));
        var ids = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString());

        Assert.Equal(["a", "b", "c"], ids);
    }

    [Fact]
    public void LatestIsPerAccountAndService()
    {
        using (var older = _lake.Write("h1", Noon))
        {
            Commit(older, Account1, "s3", Noon, "old-bucket");
            Commit(older, Account1, "iam", Noon, "role");
            Commit(older, Account2, "s3", Noon, "other");
        }

        using (var newer = _lake.Write("h2", Noon.AddDays(1)))
        {
            Commit(newer, Account1, "s3", Noon.AddDays(1), "new-bucket");
        }

        Assert.Equal(["new-bucket", "other", "role"], _lake.Ids());
        Assert.Equal(["old-bucket", "other", "role"], _lake.Ids(new ResourceQuery { HarvestId = "h1" }));

        var snapshot = _lake.Lake.LatestAccounts().First();
        Assert.Equal(("h2", Noon.AddDays(1)), (snapshot.HarvestId, snapshot.HarvestedAt));
        Assert.Equal("name of " + Account1, snapshot.AccountName);
        Assert.Equal(["eu-west-1"], snapshot.Regions);
        Assert.True(snapshot.WasHarvested("iam"));
        Assert.False(snapshot.WasHarvested("kms"));
        Assert.Equal(2, snapshot.Resources().Count());
        Assert.Equal(2, snapshot.Resources().Count());
    }

    [Fact]
    public void ALakeThatIsKeptOpenSeesWhatANewOneSees()
    {
        string[] accounts = [Account1, Account2];
        string[] services = ["s3", "iam", "kms"];
        var random = new Random(1);
        for (var harvest = 0; harvest < 3; harvest++)
        {
            for (var session = 0; session < 3; session++)
            {
                using var writer = _lake.Write("h" + harvest, Noon.AddDays(harvest));
                Commit(writer, accounts[random.Next(2)], services[random.Next(3)], Noon.AddDays(harvest).AddHours(session), $"{harvest}-{session}");

                Assert.Equal(Describe(PostureLake.Open(_lake.Lake.Path)), Describe(_lake.Lake));
            }

            // What a process that died leaves behind: a line whose beginning is whole, which the next writer cuts off.
            File.AppendAllText(_lake.HarvestFile("journal.jsonl", "h" + harvest), $$"""{"service":{"accountId":"{{Account1}}","service":"s3",""" + "\n");
            Assert.Equal(Describe(PostureLake.Open(_lake.Lake.Path)), Describe(_lake.Lake));
            _lake.Write("h" + harvest, Noon.AddDays(harvest)).Dispose();
            Assert.Equal(Describe(PostureLake.Open(_lake.Lake.Path)), Describe(_lake.Lake));
        }

        static string[] Describe(PostureLake lake) =>
            [.. lake.LatestAccounts().Select(account => $"{account.AccountId} {account.HarvestId} {string.Join(",", account.Resources().Select(resource => resource.Id).Order())}")];
    }

    [Fact]
    public void AnEmptyServiceWasHarvestedAllTheSame()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "kms", Noon);
        }

        var snapshot = Assert.Single(_lake.Lake.LatestAccounts());
        Assert.True(snapshot.WasHarvested("kms"));
        Assert.Empty(snapshot.Resources());
    }

    [Fact]
    public void QueriesNarrowByEachMember()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a", "b");
            Commit(writer, Account1, "iam", Noon, "c");
            Commit(writer, Account2, "s3", Noon, "d");
        }

        Assert.Equal(["a", "b", "c"], _lake.Ids(new ResourceQuery { AccountIds = [Account1] }));
        Assert.Equal(["c"], _lake.Ids(new ResourceQuery { Services = ["IAM"] }));
        Assert.Equal(["a", "b", "d"], _lake.Ids(new ResourceQuery { Types = ["AWS::s3"] }));
        Assert.Equal(["a"], _lake.Ids(new ResourceQuery { Ids = ["name of a"] }));
        Assert.Equal(["d"], _lake.Ids(new ResourceQuery { Ids = ["arn:aws:x:::d"] }));
        Assert.Empty(_lake.Ids(new ResourceQuery { Regions = ["us-east-1"] }));
        Assert.Empty(_lake.Ids(new ResourceQuery { Types = [] }));
    }

    [Fact]
    public void GapsThatDifferInTheMessageAloneAreOne()
    {
        using (var writer = _lake.Write())
        {
            using var service = writer.Begin(Account(Account1), "s3", Noon);
            service.Add(Gap("s3", "AWS::S3::Bucket", "Policy"));
            service.Add(Gap("s3", "AWS::S3::Bucket", "Policy") with { Message = "not allowed on bucket b" });
            service.Add(Gap("s3", "AWS::S3::Bucket"));
            service.Commit(new ServiceStatistics());
        }

        Assert.Equal(["Policy", null], _lake.Lake.ReadGaps(Account1).Select(gap => gap.Field));
        Assert.Empty(_lake.Lake.ReadGaps(Account2));
    }

    [Fact]
    public void ADamagedHarvestIsNamedAndTheOthersStayReadable()
    {
        using (var writer = _lake.Write("h1"))
        {
            Commit(writer, Account1, "s3", Noon, "a");
        }

        using (var writer = _lake.Write("h2"))
        {
            Commit(writer, Account2, "s3", Noon, "b");
        }

        File.WriteAllText(_lake.HarvestFile("manifest.json", "h2"), "{\"harvestId\":");
        var error = Assert.Throws<LakeException>(() => _lake.Ids());
        Assert.Contains("manifest.json", error.Message);
        Assert.Contains("remove the folder 'harvest=h2'", error.Message);

        var damages = new List<LakeException>();
        _lake.Lake.OnDamage = damages.Add;
        Assert.Equal(["a"], _lake.Ids());
        Assert.Single(damages);
    }

    [Fact]
    public void DamagedDataIsNamedAndTheRestStaysReadable()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a");
            Commit(writer, Account2, "s3", Noon, "b");
        }

        var file = _lake.FileOf("resources", Account1);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0xff;
        File.WriteAllBytes(file, bytes);

        Assert.Contains(file, Assert.Throws<LakeException>(() => _lake.Ids()).Message);
        var damages = new List<LakeException>();
        _lake.Lake.OnDamage = damages.Add;
        Assert.Equal(["b"], _lake.Ids());
        Assert.Single(damages);

        using (var resumed = _lake.Write())
        {
            Assert.False(resumed.IsDone(Account1, "s3"));
            Assert.True(resumed.IsDone(Account2, "s3"));
        }
    }

    [Fact]
    public void ALakeThatIsNotThereIsEmpty()
    {
        Assert.Empty(_lake.Lake.Harvests());
        Assert.Empty(_lake.Ids());
        Assert.Contains("no harvest 'h9'", Assert.Throws<LakeException>(() => _lake.Lake.Harvest("h9")).Message);
    }

    [Fact]
    public void AFileInPlaceOfTheLakeIsRefused()
    {
        var file = Path.GetTempFileName();
        Assert.Contains("this is a file", Assert.Throws<LakeException>(() => PostureLake.Open(file)).Message);

        var below = PostureLake.Open(Path.Combine(file, "lake"));
        var error = Assert.Throws<LakeException>(() => HarvestWriter.Open(below, new HarvestManifest { HarvestId = "h", StartedAt = Noon }));
        Assert.Contains("cannot be written", error.Message);
        File.Delete(file);
    }

    [Fact]
    public void OnlyTheUserCanOpenWhatIsWritten()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a");
        }

        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var entries = Directory.GetFileSystemEntries(_lake.Lake.Path, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(entries);
        foreach (var entry in entries.Append(_lake.Lake.Path))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(entry) & Others);
        }
    }

    [Fact]
    public void TwoWritersOfOneHarvestDoNotMeet()
    {
        using var first = _lake.Write();

        Assert.Contains("another process is writing", Assert.Throws<LakeException>(() => _lake.Write()).Message);
    }

    [Fact]
    public void HarvestIdsSortByTime()
    {
        var ids = Enumerable.Range(0, 50).Select(hour => PostureLake.NewHarvestId(Noon.AddHours(hour))).ToList();

        Assert.Equal(ids.OrderBy(id => id, StringComparer.Ordinal), ids);
    }
}
