using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings.Differences;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Comparisons;

/// <summary>Tells what became of findings, or of resources, between two harvests or two times.</summary>
[Cmdlet(VerbsData.Compare, "PostureHarvest", DefaultParameterSetName = FindingSet)]
[OutputType(typeof(PostureFindingChange), ParameterSetName = [FindingSet])]
[OutputType(typeof(PostureResourceChange), ParameterSetName = [ResourceSet])]
public sealed class ComparePostureHarvestCommand : LakeCmdlet
{
    private const string FindingSet = "Finding";
    private const string ResourceSet = "Resource";
    private readonly List<string> _piped = [];

    /// <summary>The earlier moment.</summary>
    [Parameter(Position = 0)]
    [MomentText]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? Reference { get; set; }

    /// <summary>The later moment.</summary>
    [Parameter(Position = 1)]
    [MomentText]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? Difference { get; set; }

    /// <summary>One harvest or two from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesFrom("HarvestId", What = "harvest")]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string[]? HarvestId { get; set; }

    /// <summary>Compares resources in place of findings.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourceSet)]
    public SwitchParameter Resource { get; set; }

    /// <summary>What became of findings.</summary>
    [Parameter(ParameterSetName = FindingSet)]
    [Choice(typeof(FindingChange))]
    public FindingChange[]? Change { get; set; }

    /// <summary>Severities.</summary>
    [Parameter(ParameterSetName = FindingSet)]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter(ParameterSetName = FindingSet)]
    public string? ExceptionPath { get; set; }

    /// <summary>CloudFormation types.</summary>
    [Parameter(ParameterSetName = ResourceSet)]
    [Alias("Type")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceTypeCompleter))]
    public string[]? ResourceType { get; set; }

    /// <summary>Services of the catalog.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Accounts, by id or name.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => WarnOfNothing();

    /// <inheritdoc/>
    protected override void OnRecord() => _piped.AddRange(HarvestId ?? []);

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_piped.Count == 0 && MyInvocation.ExpectingInput)
        {
            return;
        }

        var lake = OpenLake();
        if (lake.IsEmpty)
        {
            // That was told.
            return;
        }

        var (before, after) = Moments(lake);
        WriteVerbose($"Compared are {Words(before)} and {Words(after)}.");
        var uncompared = Resource ? CompareResources(lake, before, after) : CompareFindings(lake, before, after);

        // A harvest that reads a part of what is known is no reason to wonder.
        var left = uncompared.Where(part => !part.IsOnlyBefore || before.HarvestId is not null || after.HarvestId is null).ToList();
        if (left.Count > 0)
        {
            WriteWarning($"Not compared, because only one of the two was assessed or read: {string.Join("; ", left.Take(5).Select(part => part.Services.Count == 0 ? $"account {part.AccountId}" : $"{string.Join(", ", part.Services)} of account {part.AccountId}"))}{(left.Count > 5 ? $" and {left.Count - 5} more" : "")}.");
        }
    }

    private IReadOnlyList<UncomparedPart> CompareFindings(PostureLake lake, LakeMoment before, LakeMoment after)
    {
        var library = ModuleLibrary.Of(this, lake, frameworks: null);
        var rules = new HashSet<string>(library.Rules.Rules.Select(rule => rule.Id), StringComparer.OrdinalIgnoreCase);
        var exceptions = ExceptionLocation.InForce(this, ExceptionPath, lake, library);
        var comparison = new FindingComparison(lake, before, after, rules.Contains);
        var query = new FindingQuery { Severities = Severity, Services = Services(), AccountIds = Accounts(lake) };
        foreach (var difference in comparison.Read(query).Where(difference => Change?.Contains(difference.Change) != false))
        {
            WriteObject(PostureFindingChange.From(difference with
            {
                Before = difference.Before is { } old ? exceptions.Apply(old) : null,
                After = difference.After is { } now ? exceptions.Apply(now) : null,
            }));
        }

        return comparison.Uncompared;
    }

    private IReadOnlyList<UncomparedPart> CompareResources(PostureLake lake, LakeMoment before, LakeMoment after)
    {
        var types = new NameFilter(ResourceType).RefuseUnknownTypes();
        var comparison = new ResourceComparison(lake, before, after);
        var query = new ResourceQuery { Types = types.Exactly, Services = Services(), AccountIds = Accounts(lake) };
        foreach (var difference in comparison.Read(query).Where(one => types.Admits(one.Resource.Type)))
        {
            WriteObject(PostureResourceChange.From(difference));
        }

        return comparison.Uncompared;
    }

    private (LakeMoment Before, LakeMoment After) Moments(PostureLake lake)
    {
        if (_piped.Count == 0)
        {
            return Reference is { } reference
                ? (MomentTextAttribute.MomentOf(reference, lake), Difference is { } difference ? MomentTextAttribute.MomentOf(difference, lake) : LakeMoment.Now)
                : Difference is { } alone && MomentTextAttribute.MomentOf(alone, lake) is { HarvestId: { } id } ? Since(lake, id)
                : Difference is null && lake.Harvests().FirstOrDefault() is { } newest ? Since(lake, newest.HarvestId)
                : throw new ArgumentException("Name what to compare with by -Reference: a harvest's id, a date, or how long ago, such as 7d.");
        }

        var harvests = _piped.Distinct(StringComparer.Ordinal)
            .Select(id => MomentTextAttribute.MomentOf(id, lake).HarvestId!)
            .Select(id => lake.FindHarvest(id)!)
            .OrderBy(harvest => harvest.StartedAt).ToList();
        return harvests.Count switch
        {
            1 => Since(lake, harvests[0].HarvestId),
            2 => (LakeMoment.Of(harvests[0].HarvestId), LakeMoment.Of(harvests[1].HarvestId)),
            _ => throw new ArgumentException($"{harvests.Count} harvests came through the pipeline; compared are two, or one with what was known before it. Get-PostureHarvest -Newest 2 gives the last two."),
        };
    }

    // What was known when the harvest began; its own readings all come later.
    private static (LakeMoment Before, LakeMoment After) Since(PostureLake lake, string harvestId) =>
        (LakeMoment.At(lake.FindHarvest(harvestId)!.StartedAt.AddTicks(-1)), LakeMoment.Of(harvestId));

    private IReadOnlyCollection<string>? Services() => new NameFilter(Service).RefuseUnknownServices().Among(KnownNames.AllServices);

    private IReadOnlyCollection<string>? Accounts(PostureLake lake) =>
        new NameFilter(Account).RefuseUnknownAccounts(lake) is { AdmitsAll: false } accounts
            ? [.. lake.LatestAccounts().Where(account => accounts.AdmitsAny(account.AccountId, account.AccountName)).Select(account => account.AccountId)]
            : null;

    private static string Words(LakeMoment moment) =>
        moment.HarvestId is { } id ? $"harvest {id}" : moment.AsOf is { } time ? FormattableString.Invariant($"what was known at {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : "what is known now";
}
