using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Onboarding.Policies;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Frameworks;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Policies;

/// <summary>Gets the least-privilege policy that harvesting needs, computed from the catalog.</summary>
[Cmdlet(VerbsCommon.Get, "PosturePolicy", DefaultParameterSetName = ActionSet)]
[OutputType(typeof(PosturePolicyAction), ParameterSetName = [ActionSet])]
[OutputType(typeof(PosturePolicyDocument), ParameterSetName = [DocumentSet])]
public sealed class GetPosturePolicyCommand : PostureCmdlet
{
    private const string ActionSet = "Action";
    private const string DocumentSet = "Document";
    private const string PolicyName = "CloudPostureRead";

    /// <summary>Services of the catalog.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Ids of rules.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Ids of benchmarks.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>AWS's own detectors whose findings are to be read too.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? IncludeProviderFinding { get; set; }

    /// <summary>Covers the reading of the account's events too.</summary>
    [Parameter]
    public SwitchParameter IncludeEvents { get; set; }

    /// <summary>Gives policy documents instead of actions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DocumentSet)]
    public SwitchParameter AsDocument { get; set; }

    /// <summary>Puts everything into the documents, for roles without SecurityAudit.</summary>
    [Parameter(ParameterSetName = DocumentSet)]
    public SwitchParameter Standalone { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var services = new NameFilter(Service).RefuseUnknownServices();
        var policy = LeastPrivilegePolicy.Compute(new PolicyScope
        {
            Services = services.Among(ModuleFolder.Catalog.Names),
            Providers = IncludeProviderFinding is null ? [] : FindingProviders.Select(IncludeProviderFinding),
            IncludeEvents = IncludeEvents,
            Rules = [.. WantedRules().Select(rule => new RuleNeed(rule.Id, [.. rule.TypesRead]))],
            OnlyForRules = Rule is not null || Benchmark is not null,
        }, ModuleFolder.Catalog);
        WriteObject(
            AsDocument ? Documents(Standalone ? policy.StandaloneDocuments : policy.CustomDocuments) : policy.Actions.Select(PosturePolicyAction.From),
            enumerateCollection: true);
    }

    private IEnumerable<Rule> WantedRules()
    {
        var rules = ModuleLibrary.Shipped.SelectRules(new NameFilter(Rule));
        if (Benchmark is null)
        {
            return rules;
        }

        var answering = new HashSet<string>(
            Benchmarks()
                .Select(new NameFilter(Benchmark))
                .SelectMany(benchmark => benchmark.Requirements)
                .SelectMany(requirement => requirement.Rules),
            StringComparer.OrdinalIgnoreCase);
        return rules.Where(rule => answering.Contains(rule.Id));
    }

    // Rules of one's own need nothing that this module could know, so their names are no mistake here.
    private BenchmarkSet Benchmarks() =>
        FrameworkLocation.Folders(this, FrameworkPath) is { Count: > 0 } folders ? BenchmarkSet.LoadUnchecked(ModuleFolder.Content, folders) : ModuleLibrary.Shipped.Benchmarks;

    private static IEnumerable<object> Documents(IReadOnlyList<string> documents) =>
        documents.Select((document, index) => new PosturePolicyDocument
        {
            Name = documents.Count == 1 ? PolicyName : PolicyName + (index + 1).ToString(CultureInfo.InvariantCulture),
            Size = PolicyText.Measure(document),
            Document = PolicyText.Indent(document),
        });
}
