using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
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
    /// <param name="lake">What a report for people tells the rest from: accounts, gaps, resources. Null for a report of findings alone.</param>
    /// <param name="harvestId">One harvest; null for the latest of each account and service.</param>
    /// <param name="isSelection">True where the findings are selected ones: nothing is told of other accounts.</param>
    /// <param name="exceptions">The failures that are accepted; null for none that are known.</param>
    /// <returns>The report, to which findings are added before it is saved.</returns>
    public static ReportFile Begin(string path, ReportFormat format, RuleLibrary library, DateTimeOffset createdAt, PostureLake? lake = null, string? harvestId = null, bool isSelection = false, IReadOnlyList<PostureException>? exceptions = null) =>
        new(path, format, new RuleFacts(library.Rules.Find, library.RequirementsOf), createdAt)
        {
            Requirements = (counts, findings) => RequirementAnswers.Of(library, counts, findings),
            Content = counts => ContentOf(counts, library, createdAt, lake, harvestId, isSelection, exceptions ?? []) with
            {
                Paths = lake is null || isSelection || format != ReportFormat.Html ? [] : WorstPaths.Of(lake, library.Rules, counts, harvestId),
            },
        };

    private static ReportContent ContentOf(ReportCounts counts, RuleLibrary library, DateTimeOffset createdAt, PostureLake? lake, string? harvestId, bool isSelection, IReadOnlyList<PostureException> exceptions)
    {
        if (lake is null)
        {
            return new ReportContent { CreatedAt = createdAt, Rules = [.. library.Rules.Rules.Select(ReportRule.From)], Benchmarks = library.Benchmarks, Findings = [], IsSelection = isSelection };
        }

        var query = new FindingQuery { HarvestId = harvestId, AccountIds = isSelection ? [.. counts.Accounts.Select(account => account.Id)] : null, ExcludedServices = harvestId is null ? library.EventNames : [] };
        var content = new ReportContentReader(lake, library.Rules, library.Benchmarks).Read(query, createdAt) with { IsSelection = isSelection };
        return new ReportHistory(lake, library, exceptions, createdAt).AddTo(content, query);
    }
}
