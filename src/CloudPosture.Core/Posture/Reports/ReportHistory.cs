using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Trends;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Posture.Reports;

/// <summary>Tells a report what became of findings, how they came along, and what is accepted.</summary>
/// <param name="lake">The lake.</param>
/// <param name="library">The rules and benchmarks.</param>
/// <param name="exceptions">All exceptions, those that are out of force too.</param>
/// <param name="now">The time of the report.</param>
internal sealed class ReportHistory(PostureLake lake, RuleLibrary library, IReadOnlyList<PostureException> exceptions, DateTimeOffset now)
{
    private static readonly FindingChange[] Changes = [FindingChange.New, FindingChange.Regressed, FindingChange.Resolved, FindingChange.Gone];

    /// <summary>Puts all of it into a report. Changes are told since the assessment before, and are none where there was none.</summary>
    /// <param name="content">The report.</param>
    /// <param name="query">The findings that it is about.</param>
    public ReportContent AddTo(ReportContent content, FindingQuery query)
    {
        var view = new FindingView(lake, ExceptionSet.Of(exceptions, library.Benchmarks, lake, now));
        var since = AssessedBefore(query);
        return content with
        {
            ChangesSince = since,

            // What a service's own last assessment found new may be older: the last harvest need not have read that service.
            Changes = since is null ? [] : view.Read(query, Changes).Where(finding => Verdicts.Since(finding) > since).Select(finding => new ReportChange(KindOf(finding), finding)),
            Trend = [.. new FindingTrend(lake, library, new TrendOrder { By = TrendGroup.Severity, AccountIds = query.AccountIds }).Read()
                .GroupBy(point => point.Day)
                .Select(PointOf)],
            Exceptions = exceptions.Count == 0 ? [] : [.. ExceptionReview.Of(exceptions, library.Benchmarks, lake, now).Select(one => ExceptionOf(one.Exception, one.Findings))],
        };
    }

    private static ReportChangeKind KindOf(Finding finding) => (ReportChangeKind)Enum.Parse(typeof(ReportChangeKind), finding.Change!.Value.ToString());

    private static ReportTrendPoint PointOf(IGrouping<DateTime, TrendPoint> day) => new(
        new DateTimeOffset(DateTime.SpecifyKind(day.Key, DateTimeKind.Utc)),
        day.Sum(group => group.Counts.Passed),
        day.ToDictionary(group => (Severity)Enum.Parse(typeof(Severity), group.Group), group => group.Counts.Failed));

    private static ReportException ExceptionOf(PostureException exception, int findings) => new()
    {
        Id = exception.Id,
        Rule = exception.Rule ?? exception.Requirement ?? "",
        Account = exception.Account ?? "",
        Resource = exception.Resource ?? "",
        Region = exception.Region ?? "",
        Reason = exception.Reason,
        By = exception.By ?? "",
        Ticket = exception.Ticket ?? "",
        Until = exception.Until,
        Findings = findings,
    };

    /// <summary>When the accounts were assessed before, the latest of them; null where none was assessed twice.</summary>
    private DateTimeOffset? AssessedBefore(FindingQuery query) => lake.Assessments(query.AccountIds)
        .Where(one => !one.Note.IsOfEvents(library.EventNames))
        .GroupBy(one => one.Note.AccountId, StringComparer.Ordinal)
        .Select(account => account.Select(one => (DateTimeOffset?)one.Note.AssessedAt).OrderByDescending(at => at).Skip(1).FirstOrDefault())
        .Max();
}
