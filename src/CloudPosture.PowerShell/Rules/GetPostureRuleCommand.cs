using System;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Benchmarks;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.Quoting;

namespace CloudPosture.PowerShell.Rules;

/// <summary>Gets the rules that harvested resources are assessed by.</summary>
[Cmdlet(VerbsCommon.Get, "PostureRule", DefaultParameterSetName = RuleSet)]
[OutputType(typeof(PostureRule))]
public sealed class GetPostureRuleCommand : LakeCmdlet
{
    private const string RuleSet = "Rule";
    private const string FindingSet = "Finding";
    private RuleLibrary? _library;

    /// <summary>Ids of rules.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = RuleSet)]
    [Alias("RuleId", "Id")]
    [NamesFrom("RuleId", "Rules", "Rule", What = "rule", Hint = "What no rule answers, a person must look at.", Others = ["BenchmarkId"], Except = typeof(Finding))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Severities.</summary>
    [Parameter]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>Services of the catalog.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Benchmarks that a rule must be part of.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BenchmarkId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

    /// <summary>Requirements of these benchmarks that a rule must answer.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RequirementId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RequirementCompleter))]
    public string[]? Requirement { get; set; }

    /// <summary>Names that other tools give the same check.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EquivalentCompleter))]
    public string[]? Equivalent { get; set; }

    /// <summary>Words that rules carry.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Folders of further rules, in place of those that the lake is assessed by.</summary>
    [Parameter]
    public string[]? RulePath { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>A finding whose resource is filled into the remediation.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FindingSet)]
    public Finding? Finding { get; set; }

    /// <summary>The shell that the AWS CLI's commands are quoted for.</summary>
    [Parameter]
    [Choice(typeof(Shell))]
    public Shell Shell { get; set; } = RunningShell;

    private static Shell RunningShell => Environment.Version.Major >= 5 ? Shell.PowerShell : Shell.WindowsPowerShell;

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var library = _library ??= ModuleLibrary.Of(this, OpenLake(), FrameworkPath, RulePath);
        var services = new NameFilter(Service).RefuseUnknownServices();
        var tags = new NameFilter(Tag).RefuseUnknown("Tag", [.. library.Rules.Rules.SelectMany(rule => rule.Tags)], "Tab completes the words that rules carry.");
        var equivalents = new NameFilter(Equivalent).RefuseUnknown(
            "Equivalent", [.. library.Rules.Rules.SelectMany(rule => rule.Equivalents.Values).SelectMany(checks => checks)], "No rule names a check of this name; Tab completes those that are named.");
        var wanted = RequirementSelection.Of(library, new NameFilter(Benchmark), new NameFilter(Requirement?.Where(name => name is { Length: > 0 }))).RuleIds;
        foreach (var rule in library.SelectRules(Finding is null ? new NameFilter(Rule) : NameFilter.OfExactly([Finding.RuleId])))
        {
            var requirements = library.RequirementsOf(rule.Id).ToList();
            if (Severity?.Contains(rule.Severity) != false
                && services.Admits(rule.Service)
                && tags.AdmitsAny(rule.Tags)
                && equivalents.AdmitsAny(rule.Equivalents.Values.SelectMany(checks => checks))
                && wanted?.Contains(rule.Id) != false)
            {
                WriteObject(PostureRule.From(rule, RemediationOf(rule), requirements.Select(entry => $"{entry.Benchmark.Id}/{entry.Requirement.Id}")));
            }
        }
    }

    private Remediation RemediationOf(Rule rule) =>
        Finding is null ? rule.Remediation : rule.Remediation.For(Finding, Shell);
}
