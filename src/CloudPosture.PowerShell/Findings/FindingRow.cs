using System;
using System.Globalization;
using System.Management.Automation;
using CloudPosture.Lake.Findings;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Findings;

/// <summary>Reads findings that come as rows with the properties of one: from a job, another machine, or a file.</summary>
internal static class FindingRow
{
    /// <summary>The finding that the pipeline brings; null where it brings nothing.</summary>
    /// <param name="input">An object of the pipeline.</param>
    /// <param name="cmdlet">Who takes it, for the error.</param>
    /// <param name="taken">What that cmdlet takes, for the error.</param>
    /// <exception cref="ArgumentException">It is no finding, or a row that lacks what one has.</exception>
    public static Finding? Of(object? input, string cmdlet, string taken = "findings") => PipelineValue.Bare(input) is Finding finding ? finding : PipelineItem.Of(input) switch
    {
        null => null,
        { Value: PSObject row, Kind: null } => Read(row),
        { Value: PSObject row } item when item.Is<Finding>() => Read(row),
        { Kind: var other } => throw new ArgumentException($"{cmdlet} takes {taken}, and no {other!.Name}. Put Get-PostureFinding between the two."),
    };

    /// <summary>The finding of a row.</summary>
    /// <exception cref="ArgumentException">It lacks a property of a finding, or holds in it what none can.</exception>
    public static Finding Read(PSObject row) => new()
    {
        FindingId = Text(row, nameof(Finding.FindingId)),
        RuleId = Text(row, nameof(Finding.RuleId)),
        Title = Text(row, nameof(Finding.Title)),
        Status = Name<FindingStatus>(row, nameof(Finding.Status)),
        Severity = Name<Severity>(row, nameof(Finding.Severity)),
        Service = Text(row, nameof(Finding.Service)),
        ResourceType = Text(row, nameof(Finding.ResourceType)),
        ResourceId = Text(row, nameof(Finding.ResourceId)),
        ResourceArn = Text(row, nameof(Finding.ResourceArn)),
        ResourceName = Text(row, nameof(Finding.ResourceName)),
        AccountId = Text(row, nameof(Finding.AccountId)),
        AccountName = Text(row, nameof(Finding.AccountName)),
        Region = Text(row, nameof(Finding.Region)),
        Evidence = Text(row, nameof(Finding.Evidence)),
        FirstSeen = Time(row, nameof(Finding.FirstSeen)),
        LastSeen = Time(row, nameof(Finding.LastSeen)),
        Connection = Text(row, nameof(Finding.Connection)),
        HarvestId = Text(row, nameof(Finding.HarvestId)),
        Change = Has(row, nameof(Finding.Change)) ? Name<FindingChange>(row, nameof(Finding.Change)) : null,
        StatusSince = TimeOrNull(row, nameof(Finding.StatusSince)),
        FirstFailed = TimeOrNull(row, nameof(Finding.FirstFailed)),
        LastPassed = TimeOrNull(row, nameof(Finding.LastPassed)),
        LastVerdict = Has(row, nameof(Finding.LastVerdict)) ? Name<FindingStatus>(row, nameof(Finding.LastVerdict)) : null,
        LastVerdictSince = TimeOrNull(row, nameof(Finding.LastVerdictSince)),
        ExceptionId = TextOrNull(row, nameof(Finding.ExceptionId)),
        ExceptionReason = TextOrNull(row, nameof(Finding.ExceptionReason)),
        Requirements = TextOrNull(row, nameof(Finding.Requirements)),
        Provider = TextOrNull(row, nameof(Finding.Provider)),
        NativeId = TextOrNull(row, nameof(Finding.NativeId)),
        NativeSeverity = TextOrNull(row, nameof(Finding.NativeSeverity)),
        WorkflowState = TextOrNull(row, nameof(Finding.WorkflowState)),
    };

    /// <summary>Whether a row has a property that a finding may lack, or a file leave empty.</summary>
    private static bool Has(PSObject row, string name) => row.Properties[name]?.Value?.ToString() is { Length: > 0 };

    private static string? TextOrNull(PSObject row, string name) => Has(row, name) ? Text(row, name) : null;

    private static DateTimeOffset? TimeOrNull(PSObject row, string name) => Has(row, name) ? Time(row, name) : null;

    private static string Text(PSObject row, string name) => Value(row, name).ToString() ?? "";

    private static T Name<T>(PSObject row, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(row, name), ignoreCase: true, out var value) && Enum.IsDefined(typeof(T), value)
            ? value
            : throw new ArgumentException($"A row's {name} is '{Text(row, name)}'. It must be one of {string.Join(", ", Enum.GetNames(typeof(T)))}.");

    private static DateTimeOffset Time(PSObject row, string name) => Value(row, name) switch
    {
        // What another session gives is no time any more, but has the properties of one.
        PSObject time when time.Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value is DateTime utc => DateTime.SpecifyKind(utc, DateTimeKind.Utc),
        DateTimeOffset time => time,
        DateTime time => time,
        { } text when DateTimeOffset.TryParse(text.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => throw new ArgumentException($"A row's {name} is no time."),
    };

    private static object Value(PSObject row, string name)
    {
        var value = row.Properties[name]?.Value ?? throw new ArgumentException($"A row has no {name}. A report takes findings: Get-PostureFinding gives them.");
        return PipelineValue.Bare(value)!;
    }
}
