using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake;
using CloudPosture.Posture;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Rules;

/// <summary>The rules and benchmarks that come with the module, those a person adds, and how parameters select among them.</summary>
internal static class ModuleLibrary
{
    // Read once a process: the module's files do not change under it.
    private static readonly Lazy<RuleLibrary> ShippedLibrary = new(() => Load([]));

    public static RuleLibrary Shipped => ShippedLibrary.Value;

    /// <summary>The module's library with the rules of further folders.</summary>
    public static RuleLibrary With(IReadOnlyList<string> folders) => folders.Count == 0 ? Shipped : Load(folders);

    /// <summary>The module's library with the rules that a lake is assessed by.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="given">The folders that the command line names in their place; null where it names none.</param>
    /// <param name="warn">Hears of folders that are not there any more.</param>
    public static RuleLibrary Of(PostureLake lake, IReadOnlyList<string>? given, Action<string> warn)
    {
        if (given is not null)
        {
            return With(given);
        }

        var remembered = LakeRules.Of(lake).ToLookup(Directory.Exists);
        foreach (var gone in remembered[false])
        {
            warn($"The rules of '{gone}', which this lake was assessed by, are not there any more, and what they found is not renewed. Put the folder back, or name another with -RulePath.");
        }

        return With([.. remembered[true]]);
    }

    public static IEnumerable<Benchmark> SelectBenchmarks(this RuleLibrary library, NameFilter benchmarks)
    {
        benchmarks.RefuseUnknown("Benchmark", [.. library.Benchmarks.Select(benchmark => benchmark.Id)], "Get-PostureBenchmark lists the benchmarks.");
        return library.Benchmarks.Where(benchmark => benchmarks.Admits(benchmark.Id));
    }

    public static IEnumerable<Rule> SelectRules(this RuleLibrary library, NameFilter rules)
    {
        rules.RefuseUnknown("Rule", [.. library.Rules.Rules.Select(rule => rule.Id)], "Get-PostureRule lists the rules.");
        return library.Rules.Rules.Where(rule => rules.Admits(rule.Id));
    }

    private static RuleLibrary Load(IReadOnlyList<string> folders) => RuleLibrary.LoadShipped(ModuleFolder.Content, folders);
}
