using System.IO;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;

namespace CloudPosture.Tests.Rules;

/// <summary>The rules and benchmarks that ship, read from the repository's module folder.</summary>
internal static class ShippedRules
{
    public static readonly string Repository = RepositoryRoot.Path;
    private static readonly string RulesFolder = Path.Combine(Repository, "module", "aws");

    public static RuleSet Rules { get; } = RuleSet.Load(Shipped.Content, RulesFolder);

    public static BenchmarkSet Benchmarks { get; } = BenchmarkSet.Load(Rules, Path.Combine(Repository, "module", "frameworks"));

    public static TheoryData<string> Ids => [.. Rules.Rules.Select(rule => rule.Id)];
}
