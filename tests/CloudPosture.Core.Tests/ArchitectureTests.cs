using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Tests;

/// <summary>Dependencies between the engine's folders point one way.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What each folder may know. A folder stands after all that it knows, so that no circle can be written here.</summary>
    private static readonly (string Folder, string[] Knows)[] Folders =
    [
        ("Json", []),
        ("Files", []),
        ("Text", []),
        ("Quoting", []),
        ("Aws", ["Json"]),
        ("Content", ["Aws", "Json"]),

        // What may hold a secret is judged before it is stored.
        ("Secrets", ["Content", "Json"]),
        ("Lake", ["Json", "Files"]),
        ("Harvest", ["Aws", "Content", "Json", "Lake", "Secrets"]),

        // What leads to what, by what was harvested alone; policies are judged above it.
        ("Graph", ["Content", "Json", "Lake"]),
        ("Assessment", ["Aws", "Content", "Graph", "Json", "Lake", "Quoting"]),

        // What became of findings, and which of them are accepted.
        ("Findings", ["Assessment", "Content", "Files", "Json", "Lake"]),

        // Findings go out in the formats of others.
        ("Reporting", ["Assessment", "Files", "Json", "Lake", "Text"]),

        // Receivers are told what is new; their memory is beside the lake.
        ("Alerts", ["Aws", "Files", "Lake", "Reporting", "Text"]),

        // What a role is to be granted is computed from the catalog.
        ("Onboarding", ["Aws", "Content", "Quoting"]),

        // A connection is tested against that policy; organizations are listed at the harvest's pace, once for all shards of a lake.
        ("Connections", ["Aws", "Content", "Files", "Harvest", "Json", "Lake", "Onboarding"]),
        ("Delegation", ["Aws", "Connections", "Files", "Onboarding"]),

        // What users do stands on all of it; cmdlets and demo stand on this. Content is tried here as a harvest would have left it.
        ("Posture", ["Assessment", "Aws", "Connections", "Content", "Files", "Findings", "Graph", "Harvest", "Json", "Lake", "Reporting"]),
    ];

    public static TheoryData<string> Names => [.. All];

    private static IEnumerable<string> All => Directory.GetDirectories(Core).Select(Path.GetFileName).OfType<string>().Except(["bin", "obj", "Compatibility"]);

    private static string Core => Path.Combine(RepositoryRoot.Path, "src", "CloudPosture.Core");

    [Theory]
    [MemberData(nameof(Names))]
    public void AFolderKnowsOnlyWhatItMay(string folder)
    {
        var (_, knows) = Assert.Single(Folders, entry => entry.Folder == folder);
        var others = All.Except(knows).Except([folder]);
        var named = Directory.EnumerateFiles(Path.Combine(Core, folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\bCloudPosture\.(\w+)").Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(others.Intersect(named));
    }

    [Fact]
    public void TheOrderHasNoCircle()
    {
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (folder, knows) in Folders)
        {
            Assert.Empty(knows.Except(earlier));
            earlier.Add(folder);
        }
    }
}
