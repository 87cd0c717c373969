using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Findings;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture;
using CloudPosture.Posture.Benchmarks;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Tallies;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>Gets benchmarks, or their requirements one by one, with what the latest findings say: together, or account by account.</summary>
[Cmdlet(VerbsCommon.Get, "PostureBenchmark", DefaultParameterSetName = SummarySet)]
[OutputType(typeof(PostureBenchmark), ParameterSetName = [SummarySet])]
[OutputType(typeof(PostureRequirement), ParameterSetName = [RequirementSet])]
[OutputType(typeof(PostureRequirementRow), ParameterSetName = [MatrixSet])]
public sealed class GetPostureBenchmarkCommand : LakeCmdlet
{
    private const string SummarySet = "Summary";
    private const string RequirementSet = "Requirement";
    private const string MatrixSet = "Matrix";

    private RuleLibrary? _library;
    private (string Asked, PlacedTallies Tallies)? _tallies;

    /// <summary>Ids of benchmarks.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("BenchmarkId", "Id")]
    [NamesFrom("BenchmarkId", "Benchmarks", What = "benchmark", Hint = "Get-PostureRule between the two leads from a finding to the benchmarks of its rule.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

    /// <summary>Gives each requirement instead of a line a benchmark.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RequirementSet)]
    public SwitchParameter Detail { get; set; }

    /// <summary>Gives each requirement as a row with its answer in each place.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatrixSet)]
    public SwitchParameter Matrix { get; set; }

    /// <summary>By what answers are told apart.</summary>
    [Parameter]
    [Choice(typeof(BenchmarkGrouping))]
    public BenchmarkGrouping By { get; set; }

    /// <summary>Numbers of requirements.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RequirementId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RequirementCompleter))]
    public string[]? Requirement { get; set; }

    /// <summary>The highest level of requirements.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Level { get; set; }

    /// <summary>Sections of the standard.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SectionCompleter))]
    public string[]? Section { get; set; }

    /// <summary>Statuses of requirements.</summary>
    [Parameter(ParameterSetName = RequirementSet)]
    [Parameter(ParameterSetName = MatrixSet)]
    [Choice(typeof(RequirementStatus))]
    public RequirementStatus[]? Status { get; set; }

    /// <summary>Accounts whose findings count, by id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>Regions whose findings count.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    private RuleLibrary Library => _library ??= ModuleLibrary.Of(this, OpenLake(), FrameworkPath);

    /// <inheritdoc/>
    protected override void OnBegin() => WarnOfNothing();

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        // A file of benchmarks leaves the place empty where all are counted together.
        Account = Account?.All(name => name is not { Length: > 0 }) == true && MyInvocation.ExpectingInput ? null : Account;
        Region = Region?.All(name => name is not { Length: > 0 }) == true && MyInvocation.ExpectingInput ? null : Region;
        var asked = Asked();
        var accounts = new NameFilter(Account).RefuseUnknownAccounts(OpenLake());
        var places = Tallies(accounts, new NameFilter(Region).RefuseUnknownRegions(), asked).All;
        var limits = accounts.AdmitsAll ? null : AccountsOf(accounts);
        foreach (var benchmark in asked)
        {
            StopToken.ThrowIfCancellationRequested();
            switch (ParameterSetName)
            {
                case RequirementSet:
                    WriteRequirements(benchmark.Key, [.. benchmark], places, limits);
                    break;
                case MatrixSet:
                    WriteRows(benchmark.Key, [.. benchmark], places, limits);
                    break;
                default:
                    WriteObject(
                        places.Select(one => PostureBenchmark.From(benchmark.Key, Within(one.Place, limits), [.. benchmark.Select(one.Tally.StatusOf)])),
                        enumerateCollection: true);
                    break;
            }
        }
    }

    private static BenchmarkPlace Within(BenchmarkPlace place, IReadOnlyList<string>? accounts) => place.AccountIds is null ? place with { AccountIds = accounts } : place;

    private void WriteRequirements(Benchmark benchmark, IReadOnlyList<Requirement> requirements, IReadOnlyList<(BenchmarkPlace Place, FindingTally Tally)> places, IReadOnlyList<string>? accounts)
    {
        foreach (var (place, tally) in places)
        {
            var all = requirements.Select(requirement => tally.Answer(benchmark, requirement)).Where(answer => Status?.Contains(answer.Status) != false);
            WriteObject(all.Select(answer => PostureRequirement.From(answer, Within(place, accounts))), enumerateCollection: true);
        }
    }

    private void WriteRows(Benchmark benchmark, IReadOnlyList<Requirement> requirements, IReadOnlyList<(BenchmarkPlace Place, FindingTally Tally)> places, IReadOnlyList<string>? accounts)
    {
        var named = PlaceNames.Of([.. places.Select(one => one.Place)]).Zip(places, (name, one) => (name, one.Tally)).ToList();
        var longest = requirements.Max(requirement => requirement.Id.Length);
        foreach (var requirement in requirements)
        {
            var row = PostureRequirementRow.From(benchmark, requirement, named, accounts, longest);
            if (Status?.Contains(((PostureRequirementRow)row.BaseObject).Worst) != false)
            {
                WriteObject(row);
            }
        }
    }

    private ILookup<Benchmark, Requirement> Asked()
    {
        var sections = new NameFilter(Section);
        var all = RequirementSelection.Select(Library, new NameFilter(Benchmark), new NameFilter(Requirement));
        sections.RefuseUnknown("Section", [.. all.Select(one => one.Requirement.Section).OfType<string>().Distinct()], "Tab completes the sections of a benchmark.");
        if (Level is not null && all.Count > 0 && all.All(one => one.Requirement.Level is null))
        {
            throw new ArgumentException($"{string.Join(", ", all.Select(one => one.Benchmark.Id).Distinct())} has no levels. Leave -Level out.");
        }

        return all
            .Where(one => Level is not { } level || one.Requirement.Level <= level)
            .Where(one => sections.AdmitsAll || sections.Admits(one.Requirement.Section))
            .ToLookup(one => one.Benchmark, one => one.Requirement);
    }

    private PlacedTallies Tallies(NameFilter accounts, NameFilter regions, ILookup<Benchmark, Requirement> asked)
    {
        var key = string.Join("\n", [.. Account ?? [], "", .. Region ?? []]);
        if (_tallies is not { } known || known.Asked != key)
        {
            // A pipeline may ask for other benchmarks next.
            var query = new FindingQuery
            {
                RuleIds = MyInvocation.ExpectingInput ? null
                    : new HashSet<string>(asked.SelectMany(benchmark => benchmark).SelectMany(requirement => requirement.Rules), StringComparer.OrdinalIgnoreCase),
                AccountIds = accounts.AdmitsAll ? null : AccountsOf(accounts),
                Regions = regions.Exactly,
            };
            var findings = new FindingView(OpenLake(), ExceptionLocation.InForce(this, ExceptionPath, OpenLake(), Library))
                .Read(query)
                .Where(finding => regions.Admits(finding.Region))
                .Select(Running);
            var by = Matrix && By == BenchmarkGrouping.None ? BenchmarkGrouping.Account : By;
            var places = OpenLake().LatestAccounts().Where(account => query.AccountIds?.Contains(account.AccountId) != false);
            known = (key, PlacedTallies.Of(by, findings, places, () => AccountTree.Read(OpenLake())));
            _tallies = known;
        }

        return known.Tallies;
    }

    private Finding Running(Finding finding)
    {
        StopToken.ThrowIfCancellationRequested();
        return finding;
    }

    private IReadOnlyList<string> AccountsOf(NameFilter accounts) =>
        [.. OpenLake().LatestAccounts()
            .Where(account => accounts.AdmitsAny(account.AccountId, account.AccountName))
            .Select(account => account.AccountId)];
}
