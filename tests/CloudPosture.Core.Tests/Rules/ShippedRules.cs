using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Tests.Rules;

/// <summary>The rules and benchmarks that ship, read from the repository's module folder.</summary>
internal static class ShippedRules
{
    public static readonly string Repository = RepositoryRoot.Path;
    private static readonly string RulesFolder = Path.Combine(Repository, "module", "aws");

    public static RuleSet Rules { get; } = RuleSet.Load(RulesFolder);

    public static BenchmarkSet Benchmarks { get; } = BenchmarkSet.Load(Rules, Path.Combine(Repository, "module", "frameworks"));

    public static TheoryData<string> Ids => [.. Rules.Rules.Select(rule => rule.Id)];

    /// <summary>The items of a YAML file that is a list of mappings.</summary>
    public static IEnumerable<YamlMappingNode> Items(string file)
    {
        using var text = File.OpenText(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        foreach (var item in (YamlSequenceNode)yaml.Documents[0].RootNode)
        {
            yield return (YamlMappingNode)item;
        }
    }
}
