using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>The base of cmdlets that work on the file of exceptions.</summary>
public abstract class ExceptionCmdlet : LakeCmdlet
{
    private RuleLibrary? _library;

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>The rules and benchmarks that exceptions may name.</summary>
    private protected RuleLibrary Library => _library ??= ModuleLibrary.Of(this, OpenLake(), FrameworkPath);

    /// <summary>The exceptions that ids or patterns name; an id that none has is an error.</summary>
    private protected IReadOnlyList<PostureException> Select(ExceptionFile file, string[]? ids)
    {
        var exceptions = file.Read();
        var wanted = new NameFilter(ids);
        wanted.RefuseUnknown("Exception", [.. exceptions.Select(exception => exception.Id)], "Get-PostureException lists the exceptions.");
        return [.. exceptions.Where(exception => wanted.Admits(exception.Id))];
    }

    /// <summary>Looks up in the latest findings what exceptions are worth.</summary>
    private protected IEnumerable<PostureExceptionInfo> Review(ExceptionFile file, IReadOnlyList<PostureException> exceptions) =>
        ExceptionReview.Of(exceptions, Library.Benchmarks, OpenLake(), DateTimeOffset.UtcNow)
            .Select(one => PostureExceptionInfo.From(one.Exception, one.State, one.Findings, file.Path));

    /// <summary>A last day as people type it: the day alone counts.</summary>
    private protected static DateTimeOffset? DayOf(DateTime? until) =>
        until is { } day ? new DateTimeOffset(DateTime.SpecifyKind(day.Date, DateTimeKind.Utc)) : null;
}
