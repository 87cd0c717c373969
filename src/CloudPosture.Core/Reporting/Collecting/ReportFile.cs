using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using CloudPosture.Errors;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Collecting;

/// <summary>
/// A report on its way to a file. Findings are collected first, so that their counts may stand before them and they may be sorted; then the
/// file is written beside its place and moved there as a whole. Not thread-safe.
/// </summary>
public sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly ReportKind _kind;
    private readonly RuleFacts _rules;
    private readonly DateTimeOffset _createdAt;
    private readonly ReportCounts _counts = new();
    private readonly FindingSpool _spool;

    internal ReportFile(string path, ReportFormat format, RuleFacts rules, DateTimeOffset createdAt)
    {
        SpecialFile.Refuse(path);
        _path = path;
        _kind = ReportKinds.Of(format);
        _rules = rules;
        _createdAt = createdAt;
        _spool = new FindingSpool(PrivateFiles.NewDraft(path), FindingOrder.Of(_kind.Order));
    }

    /// <summary>How many findings it has so far.</summary>
    public long Count => _counts.All.Total;

    /// <summary>What those who read the format will not take of it, as a sentence; null where they take all.</summary>
    public Advice? Warning => _kind.Warning(_counts);

    /// <summary>Answers what a format wants to know of requirements, from the findings sorted by account; null for nothing.</summary>
    internal Func<ReportCounts, IEnumerable<Finding>, RequirementMatrix>? Requirements { get; init; }

    /// <summary>Tells what is known beyond the findings; null for nothing.</summary>
    internal Func<ReportCounts, ReportContent>? Content { get; init; }

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Add(Finding finding)
    {
        _counts.Add(finding);
        NameTheFile(() => _spool.Add(finding));
    }

    /// <summary>Writes the file; until then, and after any failure, what was there stays.</summary>
    /// <param name="cancellationToken">Ends the work, and nothing is written.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save(CancellationToken cancellationToken)
    {
        var findings = _spool.Read();
        var report = new Report
        {
            CreatedAt = _createdAt,
            Counts = _counts,
            Rules = _rules,
            Findings = findings,
            Content = () => Content?.Invoke(_counts) ?? new ReportContent { CreatedAt = _createdAt, Findings = [] },
            Requirements = () => Requirements?.Invoke(_counts, findings) ?? RequirementMatrix.Empty,
        };
        NameTheFile(() => PrivateFiles.Replace(_path, stream => Write(stream, _kind, report, cancellationToken)));
    }

    /// <summary>What is not saved is gone.</summary>
    public void Dispose() => _spool.Dispose();

    // A user knows the file; the draft beside it has a name that nobody gave.
    private static void NameTheFile(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException(DraftNames.Without(problem.Message), problem);
        }
    }

    internal static void Write(Stream stream, ReportKind kind, Report report, CancellationToken cancellationToken)
    {
        using var writer = kind.Writer(stream);
        writer.Begin(report);
        foreach (var finding in report.Findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(finding.Requirements is null && report.Rules[finding.RuleId].RequirementText is { Length: > 0 } requirements ? finding with { Requirements = requirements } : finding);
        }

        writer.End();
    }
}
