using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Frameworks;

namespace CloudPosture.PowerShell.Rules;

/// <summary>The rules and benchmarks that come with the module, those a person adds, and how parameters select among them.</summary>
internal static class ModuleLibrary
{
    /// <summary>What comes with the module. Each part is read once a process: the module's files do not change under it.</summary>
    public static RuleLibrary Shipped { get; } = RuleLibrary.LoadShipped(ModuleFolder.Content, []);

    /// <summary>The module's library with the rules that a lake is assessed by, and the frameworks of one's own.</summary>
    /// <param name="cmdlet">Warns of folders that are not there any more.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="frameworks">The folders of frameworks that the command line names.</param>
    /// <param name="rules">The folders of rules that the command line names in place of the lake's; null where it names none.</param>
    public static RuleLibrary Of(PSCmdlet cmdlet, PostureLake lake, string[]? frameworks, string[]? rules = null) =>
        WithRulesOf(cmdlet, lake, rules).WithFrameworks(FrameworkLocation.Folders(cmdlet, frameworks));

    /// <summary>The module's rules with those that a lake is assessed by.</summary>
    /// <param name="cmdlet">Warns of folders that are not there any more.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="rules">The folders of rules that the command line names in place of the lake's; null where it names none.</param>
    public static RuleSet RulesOf(PSCmdlet cmdlet, PostureLake lake, string[]? rules) => WithRulesOf(cmdlet, lake, rules).Rules;

    /// <summary>The benchmarks of a command line that is still being typed.</summary>
    public static BenchmarkSet Benchmarks(IDictionary boundParameters) =>
        FrameworkLocation.Of(boundParameters) is { Count: > 0 } folders ? BenchmarkSet.LoadUnchecked(ModuleFolder.Content, folders) : Shipped.Benchmarks;

    public static IEnumerable<Benchmark> SelectBenchmarks(this RuleLibrary library, NameFilter benchmarks) => library.Benchmarks.Select(benchmarks);

    public static IEnumerable<Benchmark> Select(this BenchmarkSet known, NameFilter benchmarks)
    {
        benchmarks.RefuseUnknown("Benchmark", [.. known.Select(benchmark => benchmark.Id)], "Get-PostureBenchmark lists the benchmarks.");
        return known.Where(benchmark => benchmarks.Admits(benchmark.Id));
    }

    public static IEnumerable<Rule> SelectRules(this RuleLibrary library, NameFilter rules)
    {
        rules.RefuseUnknown("Rule", [.. library.Rules.Rules.Select(rule => rule.Id)], "Get-PostureRule lists the rules.");
        return library.Rules.Rules.Where(rule => rules.Admits(rule.Id));
    }

    private static RuleLibrary WithRulesOf(PSCmdlet cmdlet, PostureLake lake, string[]? rules) => WithRules(cmdlet, rules is null ? Remembered(cmdlet, lake) : cmdlet.ResolveFolders(rules));

    private static IReadOnlyList<string> Remembered(PSCmdlet cmdlet, PostureLake lake)
    {
        var remembered = LakeRules.Of(lake).ToLookup(Directory.Exists);
        foreach (var gone in remembered[false])
        {
            cmdlet.WriteWarning(Display.Text($"The rules of '{gone}', which this lake was assessed by, are not there any more, and what they found is not renewed. Put the folder back, or name another with -RulePath."));
        }

        return [.. remembered[true]];
    }

    private static RuleLibrary WithRules(PSCmdlet cmdlet, IReadOnlyList<string> folders)
    {
        if (folders.Count == 0)
        {
            return Shipped;
        }

        // A mistake in them is told before anything else is done; the other rules go on.
        var library = RuleLibrary.LoadShipped(ModuleFolder.Content, folders);
        foreach (var problem in library.Rules.Problems)
        {
            cmdlet.WriteError(ErrorRecords.From(problem, problem.File));
        }

        return library;
    }
}
