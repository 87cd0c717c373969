using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Paths;
using CloudPosture.Findings;
using CloudPosture.Findings.Providers;
using CloudPosture.Graph;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Benchmarks;
using CloudPosture.PowerShell.Comparisons;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Gaps;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Policies;
using CloudPosture.PowerShell.Resources;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Findings;

/// <summary>Gets the verdicts of rules on harvested resources.</summary>
[Cmdlet(VerbsCommon.Get, "PostureFinding")]
[OutputType(typeof(Finding))]
public sealed class GetPostureFindingCommand : HarvestedCmdlet
{
    private RuleLibrary? _library;
    private FindingView? _view;
    private bool _isToldUnread;
    private (string Asked, RequirementSelection Selection)? _selection;

    /// <summary>Ids of rules.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RuleId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Severities.</summary>
    [Parameter]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>Statuses.</summary>
    [Parameter]
    [Choice(typeof(FindingStatus))]
    public FindingStatus[]? Status { get; set; }

    /// <summary>What became of them.</summary>
    [Parameter]
    [Choice(typeof(FindingChange))]
    public FindingChange[]? Change { get; set; }

    /// <summary>The time that changes are told from.</summary>
    [Parameter]
    [SinceText]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? Since { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Benchmarks whose rules are wanted.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BenchmarkId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

    /// <summary>Requirements of these benchmarks.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RequirementId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RequirementCompleter))]
    public string[]? Requirement { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>Resources by id, name or ARN.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "ResourceId", "ResourceName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[]? Resource { get; set; }

    /// <summary>AWS's own detectors, in place of our rules.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? Provider { get; set; }

    private protected override IReadOnlyCollection<Type> Joins { get; } =
    [
        typeof(PostureHarvest), typeof(PostureConnectionInfo), typeof(PostureAccountSummary), typeof(PostureOperationStatistics), typeof(PostureResource),
        typeof(PostureGap), typeof(PostureRule), typeof(PostureBenchmark), typeof(PostureRequirement), typeof(PostureRequirementRow), typeof(PosturePolicyAction), typeof(Finding), typeof(PostureFindingChange), typeof(PostureResourceChange),
        typeof(PostureExposure), typeof(PosturePath),
    ];

    /// <inheritdoc/>
    private protected override void OnRecord(HarvestScope scope)
    {
        var lake = OpenLake();
        var resources = Filter(nameof(Resource), Resource);
        if (Provider is not null)
        {
            WriteProviderFindings(lake, Narrowed(scope), resources);
            return;
        }

        // What a detector found is no rule's; ours about the same thing are meant.
        var rules = IsDetectors(scope.Input) == true && !IsTyped(nameof(Rule)) ? new NameFilter(null) : Filter(nameof(Rule), Rule);
        RefuseUnknownRules(rules, lake);
        var requirements = Selected(lake);
        var wanted = new FindingFilter(Narrowed(scope), rules, resources, RuleIds(scope.Input, requirements), this);
        var isFound = false;
        _view ??= new FindingView(lake, ExceptionLocation.InForce(this, ExceptionPath, lake, Library(lake)));
        foreach (var finding in _view.Read(wanted.Query, Change, SinceTextAttribute.Utc(Since)))
        {
            if (wanted.Admits(finding))
            {
                isFound = true;
                WriteObject(finding with { Requirements = requirements.TextOf(finding.RuleId) });
            }
        }

        if (!isFound)
        {
            WarnOfUnread(scope);
            WarnOfUnread(rules.AdmitsAll ? [] : Library(lake).Rules.Rules.Where(rule => rules.Admits(rule.Id)).Select(rule => rule.Service));
        }

        if (!isFound && IsTyped(nameof(Resource)))
        {
            resources.RefuseUnknownResources(lake);
        }
    }

    private void WriteProviderFindings(PostureLake lake, HarvestScope scope, NameFilter resources)
    {
        if (Change is not null || IsTyped(nameof(Benchmark)) || IsTyped(nameof(Requirement)) || ExceptionPath is not null)
        {
            throw new ArgumentException("-Change, -Benchmark, -Requirement and -ExceptionPath are about the verdicts of rules, not about findings of AWS's own detectors. Leave them out beside -Provider; -Since gives what was first seen since then.");
        }

        var providers = FindingProviders.Select(Provider!);
        var findings = new ProviderFindings(lake, ModuleFolder.Catalog);
        if (!_isToldUnread && string.Join(", ", findings.NeverRead(providers)) is { Length: > 0 } never)
        {
            WriteWarning($"Findings of {never} were not read into '{lake.Path}'. Invoke-PostureHarvest -IncludeProviderFinding {never} reads them.");
        }

        _isToldUnread = true;
        var rules = IsDetectors(scope.Input) == false && !IsTyped(nameof(Rule)) ? new NameFilter(null) : Filter(nameof(Rule), Rule);
        var accounts = scope.Accounts.Exactly is { } exact && exact.All(AccountIds.IsValid) ? exact : null;
        var wanted = new FindingFilter(scope, rules, resources, ruleIds: null, this);
        foreach (var finding in findings.Read(providers, scope.HarvestId, accounts).Where(wanted.Admits))
        {
            if (Severity?.Contains(finding.Severity) != false && Status?.Contains(finding.Status) != false && !(finding.FirstSeen < SinceTextAttribute.Utc(Since)))
            {
                WriteObject(finding);
            }
        }
    }

    // A rule may be of one's own, and gone since.
    private void RefuseUnknownRules(NameFilter rules, PostureLake lake)
    {
        var known = new HashSet<string>(
            Library(lake).Rules.Rules.Select(rule => rule.Id).Concat(
                Library(lake).Benchmarks.SelectMany(benchmark => benchmark.Requirements, RequirementSelection.FullId)),
            StringComparer.OrdinalIgnoreCase);
        foreach (var stranger in rules.ExactNames.Where(name => !known.Contains(name) && !lake.ReadFindings(new FindingQuery { RuleIds = [name] }).Any()))
        {
            throw UnknownNameException.Among("Rule", stranger, known, "Get-PostureRule lists the rules.");
        }
    }

    /// <summary>Whether a finding of the pipeline is a detector's; null where it brings something else.</summary>
    private static bool? IsDetectors(PipelineItem? input) => input?.Is<Finding>() == true ? input.Text(nameof(Finding.Provider)).Length > 0 : null;

    /// <summary>The rules that the requirements or the object of the pipeline name; null where neither names any.</summary>
    private static HashSet<string>? RuleIds(PipelineItem? input, RequirementSelection requirements) => input?.Is<PosturePolicyAction>() == true
        ? new(input.Text(nameof(PosturePolicyAction.Rules)).Split(';').Select(rule => rule.Trim()), StringComparer.OrdinalIgnoreCase)
        : requirements.RuleIds;

    /// <summary>Of what was counted for a part of all accounts, those accounts.</summary>
    private HarvestScope Narrowed(HarvestScope scope) =>
        scope.Input?.Value is IPlaced { Accounts: { } accounts } && !IsTyped(nameof(Account)) ? scope with { Accounts = NameFilter.OfExactly(accounts) } : scope;

    // The objects of a pipeline often mean the same.
    private RequirementSelection Selected(PostureLake lake)
    {
        var asked = string.Join("\n", [.. Benchmark ?? [], "", .. Requirement ?? []]);
        if (_selection is not { } known || known.Asked != asked)
        {
            known = (asked, RequirementSelection.Of(Library(lake), Filter(nameof(Benchmark), Benchmark), Filter(nameof(Requirement), Requirement)));
            _selection = known;
        }

        return known.Selection;
    }

    private RuleLibrary Library(PostureLake lake) => _library ??= ModuleLibrary.Of(this, lake, FrameworkPath);
}
