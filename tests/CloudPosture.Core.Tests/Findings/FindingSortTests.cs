using System;
using System.IO;
using System.Linq;
using CloudPosture.Findings;
using CloudPosture.Tests.Lake;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Findings;

public sealed class FindingSortTests
{
    [Fact]
    public void RunsOnTheDiskComeOutAsOneSortedStream() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ids =>
    {
        using var lake = new TemporaryLake();
        var folder = Path.Combine(lake.Lake.Path, "runs");
        using (var sort = new FindingSort(() => Path.Combine(folder, Guid.NewGuid().ToString("N")), runLength: 3))
        {
            foreach (var id in ids)
            {
                sort.Add(Some.Finding(id.ToString("x2")));
            }

            Assert.Equal(ids.Distinct().Select(id => id.ToString("x2")).Order(StringComparer.Ordinal), sort.Sorted().Select(finding => finding.FindingId));
        }

        Assert.False(Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void OfTwoWithOneIdTheOneThatCameFirstCounts()
    {
        using var lake = new TemporaryLake();
        using var sort = new FindingSort(() => Path.Combine(lake.Lake.Path, Guid.NewGuid().ToString("N")), runLength: 1);
        sort.Add(Some.Finding("a") with { Evidence = "first" });
        sort.Add(Some.Finding("a") with { Evidence = "second" });

        Assert.Equal("first", Assert.Single(sort.Sorted()).Evidence);
    }
}
