using System;
using CloudPosture.Posture.Trends;

namespace CloudPosture.PowerShell.Trends;

/// <summary>The findings of a day.</summary>
public sealed record PostureTrend
{
    /// <summary>The day, in UTC.</summary>
    public required DateTime Day { get; init; }

    /// <summary>The severity, benchmark, service, account or rule that is counted; empty where all are.</summary>
    public required string Group { get; init; }

    /// <summary>How many findings passed at the end of the day.</summary>
    public required int Passed { get; init; }

    /// <summary>How many failed.</summary>
    public required int Failed { get; init; }

    /// <summary>How many failed and were accepted when they were assessed.</summary>
    public required int Excepted { get; init; }

    /// <summary>How many could not be assessed.</summary>
    public required int NotAssessed { get; init; }

    /// <summary>At how many requirements a person must look.</summary>
    public required int Manual { get; init; }

    /// <summary>How many of a hundred that passed or failed passed, with one decimal; null where none did either.</summary>
    public required double? PassedPercent { get; init; }

    /// <summary>How many began to fail on the day and were unknown before.</summary>
    public required int New { get; init; }

    /// <summary>How many began to fail on the day and passed before.</summary>
    public required int Regressed { get; init; }

    /// <summary>How many began to pass on the day and failed before.</summary>
    public required int Resolved { get; init; }

    /// <summary>Of how many failures nothing was there any more.</summary>
    public required int Gone { get; init; }

    internal static PostureTrend From(TrendPoint point) => new()
    {
        Day = point.Day,
        Group = point.Group,
        Passed = point.Counts.Passed,
        Failed = point.Counts.Failed,
        Excepted = point.Counts.Excepted,
        NotAssessed = point.Counts.NotAssessed,
        Manual = point.Counts.Manual,
        PassedPercent = point.Counts.Passed + point.Counts.Failed is > 0 and var judged ? Math.Round(point.Counts.Passed * 100.0 / judged, 1) : null,
        New = point.Counts.New,
        Regressed = point.Counts.Regressed,
        Resolved = point.Counts.Resolved,
        Gone = point.Counts.Gone,
    };
}
