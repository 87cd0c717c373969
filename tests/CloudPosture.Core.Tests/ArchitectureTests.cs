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
        // What went wrong, in words of our own; all may say so.
        ("Errors", []),
        ("Json", []),
        ("Time", []),
        ("Files", ["Time"]),
        ("Text", []),
        ("Quoting", ["Errors"]),
        ("Aws", ["Errors", "Files", "Json", "Time"]),
        ("Content", ["Aws", "Errors", "Files", "Json", "Text"]),

        // What may hold a secret is judged before it is stored.
        ("Secrets", ["Content", "Json"]),
        ("Lake", ["Errors", "Json", "Files", "Text"]),
        ("Harvest", ["Aws", "Content", "Errors", "Json", "Lake", "Secrets", "Text", "Time"]),

        // What leads to what, by what was harvested alone; policies are judged above it.
        ("Graph", ["Content", "Json", "Lake", "Text"]),
        ("Assessment", ["Aws", "Content", "Errors", "Files", "Graph", "Json", "Lake", "Quoting", "Text"]),

        // What became of findings, and which of them are accepted.
        ("Findings", ["Assessment", "Content", "Errors", "Files", "Json", "Lake", "Text"]),

        // Findings go out in the formats of others.
        ("Reporting", ["Assessment", "Aws", "Errors", "Files", "Json", "Lake", "Text"]),

        // Receivers are told what is new; their memory is beside the lake.
        ("Alerts", ["Aws", "Errors", "Files", "Lake", "Reporting", "Text", "Time"]),

        // What a role is to be granted is computed from the catalog.
        ("Onboarding", ["Aws", "Content", "Errors", "Quoting", "Time"]),

        // A connection is tested against that policy; organizations are listed at the harvest's pace, once for all shards of a lake.
        ("Connections", ["Aws", "Content", "Errors", "Files", "Harvest", "Json", "Lake", "Onboarding", "Time"]),
        ("Delegation", ["Aws", "Connections", "Errors", "Files", "Json", "Onboarding", "Text", "Time"]),

        // What users do stands on all of it; cmdlets and demo stand on this. Content is tried here as a harvest would have left it.
        ("Posture", ["Assessment", "Aws", "Connections", "Content", "Errors", "Files", "Findings", "Graph", "Harvest", "Json", "Lake", "Reporting", "Text"]),
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

    /// <summary>What is said to people here must be right in any host; CmdletAdvice knows which cmdlet does what is advised.</summary>
    [Fact]
    public void TheEngineNamesNoCmdlet()
    {
        var exported = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "CloudPosture.psd1"));
        var cmdlets = Regex.Matches(exported, "'([A-Z][a-z]+-(?:Posture|Delegation)[A-Za-z]*)'").Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var named = Sources()
            .Where(file => Path.GetFileName(file) != "RoleScript.cs") // What it writes is a script that one who reads runs in PowerShell.
            .SelectMany(file => File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => Regex.Matches(line, "[A-Z][a-z]+-[A-Z][A-Za-z]+").Select(match => match.Value))
                .Where(cmdlets.Contains).Select(name => $"{Path.GetFileName(file)}: {name}"));

        Assert.True(cmdlets.Count > 40, "The module's cmdlets are not found.");
        Assert.Empty(named);
    }

    /// <summary>CmdletAdvice names the parameters: where a host calls them otherwise, the engine's words are right all the same.</summary>
    [Fact]
    public void TheEngineNamesNoParameter()
    {
        // How a role's name ends, a number, and what PowerShell commands with secrets look like.
        string[] others = ["DelegatedRoles.cs: -Hub", "ScalarText.cs: -Infinity", "SecretPatterns.cs: -AsPlainText", "SecretPatterns.cs: -String"];
        var named = Sources()
            .Where(file => Path.GetFileName(file) is not ("RoleScript.cs" or "PowerShellDialect.cs")) // They write scripts.
            .SelectMany(file => File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => Regex.Matches(line, @"(?<![A-Za-z0-9_\])}>-])-[A-Z][A-Za-z]+").Select(match => $"{Path.GetFileName(file)}: {match.Value}")));

        Assert.Equal(others, named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EachAdviceOfTheEngineHasItsCmdlet()
    {
        var known = Regex.Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "CloudPosture.PowerShell", "Errors", "CmdletAdvice.cs")), @"\[""(\w+)""\] =").Select(match => match.Groups[1].Value);
        var given = Sources().SelectMany(file => Regex.Matches(File.ReadAllText(file), @"(?:new Advice|Advice[^;""]*new)\(\$?""[^""]*"", ""(\w+)""").Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.True(given.Count > 10, "The engine's advice is not found.");
        Assert.Empty(given.Except(known));
    }

    [Fact]
    public void TimeIsToldInOnePlace()
    {
        var elsewhere = Sources()
            .Where(file => !Path.GetRelativePath(Core, file).StartsWith("Time" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"\bDateTime(Offset)?\.(Utc)?Now\b|\bTask\.Delay\b|\bThread\.Sleep\b|\bStopwatch\b"));

        Assert.Empty(elsewhere);
    }

    /// <summary>Who looks for something reads the names of a folder at one glance.</summary>
    [Fact]
    public void NoFolderIsCrowded()
    {
        var crowded = Sources(Path.Combine(RepositoryRoot.Path, "src"))
            .GroupBy(Path.GetDirectoryName).Where(folder => folder.Count() > 40).Select(folder => $"{folder.Key}: {folder.Count()}");

        Assert.Empty(crowded);
    }

    [Fact]
    public void NamespacesFollowFolders()
    {
        var elsewhere = Sources()
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Compatibility{Path.DirectorySeparatorChar}", StringComparison.Ordinal)) // Types of newer frameworks have to stand in their namespaces.
            .Where(file => !File.ReadAllText(file).Contains($"namespace CloudPosture.{Path.GetRelativePath(Core, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')};", StringComparison.Ordinal));

        Assert.Empty(elsewhere);
    }

    private static IEnumerable<string> Sources() => Sources(Core);

    private static IEnumerable<string> Sources(string root) =>
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(file => !Regex.IsMatch(file, @"[\\/](bin|obj)[\\/]"));
}
