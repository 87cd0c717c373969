using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Gates;
using CloudPosture.PowerShell.Benchmarks;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Gates;

/// <summary>Ends a pipeline where findings break its gate, or nothing is there to judge.</summary>
[Cmdlet(VerbsLifecycle.Assert, "Posture")]
[OutputType(typeof(Finding))]
public sealed class AssertPostureCommand : LakeCmdlet
{
    /// <summary>Severities.</summary>
    [Parameter]
    [Choice(typeof(Severity))]
    public Severity[]? Severity { get; set; }

    /// <summary>Benchmarks whose rules are judged.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

    /// <summary>Requirements of these benchmarks.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RequirementCompleter))]
    public string[]? Requirement { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>Accounts, by id or name.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>How many failures are let through.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxFail { get; set; }

    /// <summary>How old a reading may be.</summary>
    [Parameter]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Judges what is new or regressed alone.</summary>
    [Parameter]
    public SwitchParameter New { get; set; }

    /// <summary>The time that new is told from.</summary>
    [Parameter]
    [SinceText]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? Since { get; set; }

    /// <summary>A file of failures that are let through.</summary>
    [Parameter]
    public string? BaselinePath { get; set; }

    /// <summary>Lets through single findings that could not be assessed.</summary>
    [Parameter]
    public SwitchParameter AllowNotAssessed { get; set; }

    /// <summary>Lets through accounts of which nothing was assessed.</summary>
    [Parameter]
    public SwitchParameter AllowUnreadAccount { get; set; }

    /// <summary>Where a summary goes.</summary>
    [Parameter]
    public string? SummaryPath { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        var library = ModuleLibrary.Of(this, lake, FrameworkPath);
        var requirements = RequirementSelection.Of(library, new NameFilter(Benchmark), new NameFilter(Requirement));
        var gate = new PostureGate(lake, ExceptionLocation.InForce(this, ExceptionPath, lake, library), Order(lake, requirements), DateTimeOffset.UtcNow);
        var summary = new GateSummary(gate);
        var told = 0;
        foreach (var finding in gate.Breaking())
        {
            summary.Add(finding);
            TellPipeline(told++ < PipelineLog.Most ? PipelineLog.Line(finding) : null);
            WriteObject(finding with { Requirements = requirements.TextOf(finding.RuleId) });
        }

        Publish(summary);
        if (gate.Verdict != GateVerdict.Open)
        {
            throw new GateException(gate.Verdict, gate.Reason);
        }
    }

    private void Publish(GateSummary summary)
    {
        try
        {
            TellPipeline(PipelineLog.Publish(summary));
            if (SummaryPath is { Length: > 0 } path)
            {
                summary.Save(this.Resolve(path));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What the gate has to say must not be lost for want of a page.
            WriteWarning($"The summary was not written: {problem.Message}");
        }
    }

    private void TellPipeline(string? line)
    {
        if (line is not null)
        {
            WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
        }
    }

    private GateOrder Order(PostureLake lake, RequirementSelection requirements)
    {
        var accounts = new NameFilter(Account).RefuseUnknownAccounts(lake);
        return new GateOrder
        {
            Query = new FindingQuery
            {
                Severities = Severity,
                RuleIds = requirements.RuleIds,
                AccountIds = accounts.AdmitsAll ? null : [.. lake.LatestAccounts()
                    .Where(account => accounts.AdmitsAny(account.AccountId, account.AccountName))
                    .Select(account => account.AccountId)],
            },
            Events = ModuleFolder.Catalog.EventNames,
            MaxFail = MaxFail,
            MaxAge = MaxAge,
            IsNewOnly = New || Since is not null,
            Since = SinceTextAttribute.Utc(Since),
            Baseline = BaselinePath is { Length: > 0 } path ? ReadBaseline(this.Resolve(path)) : null,
            AllowsNotAssessed = AllowNotAssessed,
            AllowsUnreadAccounts = AllowUnreadAccount,
        };
    }

    private static Baseline ReadBaseline(string path) => File.Exists(path)
        ? Baseline.Read(path)
        : throw new FileNotFoundException($"There is no file '{path}'. Correct -BaselinePath, or make the file with Export-PostureBaseline.");
}
