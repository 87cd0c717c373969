using System;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Trends;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Trends;

/// <summary>Gets how many findings passed and failed day by day.</summary>
[Cmdlet(VerbsCommon.Get, "PostureTrend")]
[OutputType(typeof(PostureTrend))]
public sealed class GetPostureTrendCommand : LakeCmdlet
{
    /// <summary>By what the counts of a day are told apart.</summary>
    [Parameter(Position = 0)]
    [Choice(typeof(TrendGroup))]
    public TrendGroup By { get; set; } = TrendGroup.Day;

    /// <summary>The first day.</summary>
    [Parameter]
    [SinceText]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? Since { get; set; }

    /// <summary>Severities.</summary>
    [Parameter]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>Benchmarks whose rules count.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("BenchmarkId")]
    [NamesFrom("BenchmarkId", "Benchmarks", What = "benchmark")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>Accounts, by id or name.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => WarnOfNothing();

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        var library = ModuleLibrary.Of(this, lake, FrameworkPath);
        var benchmarks = new NameFilter(Benchmark);
        var accounts = new NameFilter(Account).RefuseUnknownAccounts(lake);
        var order = new TrendOrder
        {
            By = By,
            Since = SinceTextAttribute.Utc(Since),
            Severities = Severity,
            BenchmarkIds = benchmarks.AdmitsAll ? null : [.. library.SelectBenchmarks(benchmarks).Select(benchmark => benchmark.Id)],
            AccountIds = accounts.AdmitsAll ? null : [.. lake.LatestAccounts()
                .Where(account => accounts.AdmitsAny(account.AccountId, account.AccountName))
                .Select(account => account.AccountId)],
        };
        foreach (var point in new FindingTrend(lake, library, order).Read())
        {
            WriteObject(PostureTrend.From(point));
        }
    }
}
