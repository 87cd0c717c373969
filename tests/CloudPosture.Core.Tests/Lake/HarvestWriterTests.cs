using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using FsCheck;
using FsCheck.Fluent;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

public sealed class HarvestWriterTests : IDisposable
{
    private const string Account1 = "111122223333";
    private readonly TemporaryLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void WhateverByteTheJournalEndsAtWhatIsCommittedIsReadAndTheRestIsResumed()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a");
            Commit(writer, Account1, "iam", Noon, "b", "c");
            writer.Complete(Noon);
        }

        var whole = File.ReadAllBytes(_lake.HarvestFile("journal.jsonl"));
        for (var length = 0; length <= whole.Length; length++)
        {
            using var torn = _lake.Copy();
            File.WriteAllBytes(torn.HarvestFile("journal.jsonl"), whole[..length]);

            var expected = length == whole.Length ? new[] { "a", "b", "c" } : LinesIn(whole, length) >= 2 ? ["a"] : [];
            Assert.Equal(expected, torn.Ids());

            Finish(torn);
            Assert.Equal(["a", "b", "c"], torn.Ids());
            Assert.Equal(3, LinesOf(torn.FileOf("resources", Account1)));
        }
    }

    [OpenFilesFact]
    public void AHarvestThatCannotBeTakenUpLeavesNoFileOpen()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a");
        }

        // More than is committed is cut, and a link is not written through.
        var (resources, elsewhere) = (_lake.FileOf("resources", Account1), _lake.HarvestFile("elsewhere"));
        File.Move(resources, elsewhere);
        File.AppendAllText(elsewhere, "uncommitted");
        File.CreateSymbolicLink(resources, elsewhere);

        Assert.Throws<LakeException>(() => _lake.Write());

        Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? ""), file => file.StartsWith(_lake.Lake.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void WhateverByteTheDataEndsAtResumeBringsItBack()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a");
            Commit(writer, Account1, "iam", Noon, "b", "c");
        }

        var whole = File.ReadAllBytes(_lake.FileOf("resources", Account1));
        for (var length = 0; length <= whole.Length; length++)
        {
            using var torn = _lake.Copy();
            File.WriteAllBytes(torn.FileOf("resources", Account1), whole[..length]);

            Finish(torn);

            Assert.Equal(["a", "b", "c"], torn.Ids());
            Assert.Equal(3, LinesOf(torn.FileOf("resources", Account1)));
        }
    }

    [Fact]
    public void WhateverAPowerFailureLeavesOfTheFilesResumeBringsAllBack()
    {
        using (var writer = _lake.Write())
        {
            CommitWithGap(writer, "s3", "a");
            CommitWithGap(writer, "iam", "b", "c");
        }

        string[] files = [_lake.HarvestFile("journal.jsonl"), _lake.FileOf("resources", Account1), _lake.FileOf("gaps", Account1)];
        var whole = files.Select(File.ReadAllBytes).ToArray();
        var ends = from journal in Gen.Choose(0, whole[0].Length)
                   from resources in Gen.Choose(0, whole[1].Length)
                   from gaps in Gen.Choose(0, whole[2].Length)
                   from zeros in Gen.Choose(0, 40).Three()
                   select (Lengths: new[] { journal, resources, gaps }, Zeros: new[] { zeros.Item1, zeros.Item2, zeros.Item3 });

        Prop.ForAll(ends.ToArbitrary(), end =>
        {
            using var torn = _lake.Copy();
            string[] copies = [torn.HarvestFile("journal.jsonl"), torn.FileOf("resources", Account1), torn.FileOf("gaps", Account1)];
            for (var i = 0; i < copies.Length; i++)
            {
                // File systems keep the length of what they had not written yet, and fill it with zeros.
                File.WriteAllBytes(copies[i], [.. whole[i][..end.Lengths[i]], .. new byte[end.Zeros[i]]]);
            }

            using (var writer = torn.Write())
            {
                foreach (var (service, ids) in new[] { ("s3", new[] { "a" }), ("iam", ["b", "c"]) })
                {
                    if (!writer.IsDone(Account1, service))
                    {
                        CommitWithGap(writer, service, ids);
                    }
                }
            }

            Assert.Equal(["a", "b", "c"], torn.Ids());
            Assert.Equal(3, LinesOf(copies[1]));
            Assert.Equal(["iam", "s3"], torn.Lake.LatestAccounts().Single().Gaps.Select(gap => gap.Service).Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    private static string[] Drafts(TemporaryLake lake) => Directory.GetFiles(Path.GetDirectoryName(lake.FileOf("resources", Account1))!, "*.new");

    [Fact]
    public void WhatAProcessDidNotCommitIsNotThere()
    {
        using var writer = _lake.Write();
        Commit(writer, Account1, "s3", Noon, "a");
        using var open = writer.Begin(Account(Account1), "iam", Noon);
        foreach (var i in Enumerable.Range(0, 5000))
        {
            // Names that do not compress, so that they do not stay in memory.
            open.Add(Resource(Account1, "AWS::iam", "lost" + Convert.ToBase64String(SHA256.HashData(BitConverter.GetBytes(i))), Noon));
        }

        using var crashed = _lake.Copy();
        Assert.Single(Drafts(crashed));
        Assert.Equal(["a"], crashed.Ids());

        using (var resumed = crashed.Write())
        {
            Commit(resumed, Account1, "iam", Noon);
        }

        Assert.Equal(["a"], crashed.Ids());
        Assert.Equal(1, LinesOf(crashed.FileOf("resources", Account1)));
        Assert.Empty(Drafts(crashed));
    }

    [Fact]
    public void ServicesOfOneAccountAreWrittenSideBySideAndCommittedInAnyOrder()
    {
        using (var writer = _lake.Write())
        {
            using var first = writer.Begin(Account(Account1), "s3", Noon);
            using var second = writer.Begin(Account(Account1), "iam", Noon);
            using var abandoned = writer.Begin(Account(Account1), "kms", Noon);
            first.Add(Resource(Account1, "AWS::s3", "a", Noon));
            second.Add(Resource(Account1, "AWS::iam", "b", Noon));
            abandoned.Add(Resource(Account1, "AWS::kms", "lost", Noon));
            first.Add(Resource(Account1, "AWS::s3", "c", Noon));
            second.Commit(new ServiceStatistics());
            first.Commit(new ServiceStatistics());
            writer.Complete(Noon);
        }

        Assert.Equal(["a", "b", "c"], _lake.Ids());
        Assert.Equal(3, LinesOf(_lake.FileOf("resources", Account1)));
    }

    [Fact]
    public void AnAbandonedServiceLeavesNothing()
    {
        using var writer = _lake.Write();
        using (var abandoned = writer.Begin(Account(Account1), "s3", Noon))
        {
            abandoned.Add(Resource(Account1, "AWS::s3", "lost", Noon));
        }

        Commit(writer, Account1, "s3", Noon, "kept");

        Assert.Equal(["kept"], _lake.Ids());
        Assert.Equal(1, LinesOf(_lake.FileOf("resources", Account1)));
    }

    [Fact]
    public void AHarvestIsCompleteWhenItSaysSo()
    {
        using (var writer = _lake.Write())
        {
            Commit(writer, Account1, "s3", Noon, "a");
            Assert.Equal(HarvestStatus.Incomplete, _lake.Lake.Harvest("h1").Status);
            writer.Complete(Noon.AddMinutes(5));
        }

        var harvest = Assert.Single(_lake.Lake.Harvests());
        Assert.Equal(HarvestStatus.Complete, harvest.Status);
        Assert.Equal(Noon.AddMinutes(5), harvest.CompletedAt);
    }

    private static void CommitWithGap(HarvestWriter writer, string service, params string[] ids)
    {
        writer.Record(Account(Account1));
        using var file = writer.Begin(Account(Account1), service, Noon);
        foreach (var id in ids)
        {
            file.Add(Resource(Account1, "AWS::" + service, id, Noon));
        }

        file.Add(Gap(service, "AWS::" + service));
        file.Commit(new ServiceStatistics());
    }

    private static void Finish(TemporaryLake lake)
    {
        using var writer = lake.Write();
        foreach (var (service, ids) in new[] { ("s3", new[] { "a" }), ("iam", ["b", "c"]) })
        {
            if (!writer.IsDone(Account1, service))
            {
                Commit(writer, Account1, service, Noon, ids);
            }
        }
    }

    private static int LinesIn(byte[] journal, int length) => journal.Take(length).Count(value => value == '\n');

    private static int LinesOf(string file)
    {
        using var text = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress));
        return text.ReadToEnd().Count(value => value == '\n');
    }
}
