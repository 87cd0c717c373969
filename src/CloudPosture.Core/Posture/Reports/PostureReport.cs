using System;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Benchmarks;
using CloudPosture.Posture.Paths;
using CloudPosture.Posture.Rules;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Posture.Reports;

/// <summary>Begins reports that know the rules and benchmarks of a library.</summary>
public static class PostureReport
{
    /// <summary>Begins a report.</summary>
    /// <param name="path">The file. Its folder must be there; a file of that name is replaced when the report is saved.</param>
    /// <param name="format">The format.</param>
    /// <param name="library">The rules that the findings name, and the benchmarks they answer.</param>
    /// <param name="createdAt">The time that the report says it was made at.</param>
    /// <param name="scope">What it tells beside them; null for nothing.</param>
    /// <returns>The report, to which findings are added before it is saved.</returns>
    public static ReportFile Begin(string path, ReportFormat format, RuleLibrary library, DateTimeOffset createdAt, ReportScope? scope = null) =>
        new(path, format, new RuleFacts(library.Rules.Find, library.RequirementsOf), createdAt)
        {
            Requirements = (counts, findings) => RequirementAnswers.Of(library, counts, findings),
            Content = counts => ContentOf(counts, library, createdAt, scope ?? new ReportScope()) with
            {
                Paths = scope is { Lake: { } lake, IsSelection: false } && format == ReportFormat.Html ? WorstPaths.Of(lake, library.Rules, counts, scope.HarvestId) : [],
            },
        };

    private static ReportContent ContentOf(ReportCounts counts, RuleLibrary library, DateTimeOffset createdAt, ReportScope scope)
    {
        if (scope.Lake is not { } lake)
        {
            return new ReportContent { CreatedAt = createdAt, Rules = [.. library.Rules.Rules.Select(ReportRule.From)], Benchmarks = library.Benchmarks, Findings = [], IsSelection = scope.IsSelection };
        }

        var query = new FindingQuery
        {
            HarvestId = scope.HarvestId,
            AccountIds = scope.IsSelection ? [.. counts.Accounts.Select(account => account.Id)] : null,
            ExcludedServices = scope.HarvestId is null ? library.EventNames : [],
        };
        var content = new ReportContentReader(lake, library.Rules, library.Benchmarks).Read(query, createdAt) with { IsSelection = scope.IsSelection };
        return new ReportHistory(lake, library, scope.Exceptions, createdAt).AddTo(content, query);
    }
}
