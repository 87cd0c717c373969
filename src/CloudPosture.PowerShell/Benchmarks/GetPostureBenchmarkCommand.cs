using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment;
using CloudPosture.Findings;
using CloudPosture.Lake;
using CloudPosture.Posture;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>Gets benchmarks, or their requirements one by one, with what the latest findings say.</summary>
[Cmdlet(VerbsCommon.Get, "PostureBenchmark", DefaultParameterSetName = SummarySet)]
[OutputType(typeof(PostureBenchmark), ParameterSetName = [SummarySet])]
[OutputType(typeof(PostureRequirement), ParameterSetName = [RequirementSet])]
public sealed class GetPostureBenchmarkCommand : LakeCmdlet
{
    private const string SummarySet = "Summary";
    private const string RequirementSet = "Requirement";

    private FindingTally? _tally;

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

    /// <summary>Statuses of requirements.</summary>
    [Parameter(ParameterSetName = RequirementSet)]
    public RequirementStatus[]? Status { get; set; }

    /// <summary>Accounts whose findings count, by id or name.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var accounts = new NameFilter(Account).RefuseUnknownAccounts(OpenLake());
        _tally ??= new FindingTally(new FindingView(OpenLake(), ExceptionLocation.InForce(this, ExceptionPath, OpenLake())).Read(new FindingQuery())
            .Where(finding => accounts.AdmitsAny(finding.AccountId, finding.AccountName)));
        foreach (var benchmark in ModuleLibrary.Shipped.SelectBenchmarks(new NameFilter(Benchmark)))
        {
            var requirements = benchmark.Requirements.Select(requirement => PostureRequirement.From(_tally.Answer(benchmark, requirement)));
            if (Detail)
            {
                WriteObject(requirements.Where(requirement => Status?.Contains(requirement.Status) != false), enumerateCollection: true);
            }
            else
            {
                WriteObject(Summarise(benchmark, [.. requirements]));
            }
        }
    }

    private static PostureBenchmark Summarise(Benchmark benchmark, IReadOnlyList<PostureRequirement> requirements)
    {
        int Count(RequirementStatus status) => requirements.Count(requirement => requirement.Status == status);
        return new PostureBenchmark
        {
            BenchmarkId = benchmark.Id,
            Title = benchmark.Title,
            Version = benchmark.Version,
            Requirements = requirements.Count,
            Passed = Count(RequirementStatus.Pass),
            Failed = Count(RequirementStatus.Fail),
            Excepted = Count(RequirementStatus.Excepted),
            NotAssessed = Count(RequirementStatus.NotAssessed),
            Manual = Count(RequirementStatus.Manual),
            NoFinding = Count(RequirementStatus.NoFinding),
            File = benchmark.File,
        };
    }
}
