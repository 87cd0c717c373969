using CloudPosture.Lake.Findings;

namespace CloudPosture.Posture.Trends;

/// <summary>What was known of findings on a day, and what became of them on that day.</summary>
public sealed record TrendCounts
{
    /// <summary>Nothing.</summary>
    public static readonly TrendCounts None = new();

    /// <summary>Findings that pass.</summary>
    public int Passed { get; init; }

    /// <summary>Findings that fail.</summary>
    public int Failed { get; init; }

    /// <summary>Findings that fail, and were accepted when they were assessed. They count as neither passed nor failed.</summary>
    public int Excepted { get; init; }

    /// <summary>Findings that could not be assessed.</summary>
    public int NotAssessed { get; init; }

    /// <summary>Requirements at which a person must look.</summary>
    public int Manual { get; init; }

    /// <summary>Findings that began to fail on this day and were unknown before.</summary>
    public int New { get; init; }

    /// <summary>Findings that began to fail on this day and passed before.</summary>
    public int Regressed { get; init; }

    /// <summary>Findings that began to pass on this day and failed before.</summary>
    public int Resolved { get; init; }

    /// <summary>Failures of which nothing was there any more on this day.</summary>
    public int Gone { get; init; }

    /// <summary>What is known once an assessment takes the place of another.</summary>
    internal TrendCounts Replace(TrendCounts old, TrendCounts now) => this with
    {
        Passed = Passed - old.Passed + now.Passed,
        Failed = Failed - old.Failed + now.Failed,
        Excepted = Excepted - old.Excepted + now.Excepted,
        NotAssessed = NotAssessed - old.NotAssessed + now.NotAssessed,
        Manual = Manual - old.Manual + now.Manual,
        New = New + now.New,
        Regressed = Regressed + now.Regressed,
        Resolved = Resolved + now.Resolved,
        Gone = Gone + now.Gone,
    };

    /// <summary>The same at the beginning of the next day, on which nothing has become of anything yet.</summary>
    internal TrendCounts NextDay() => this with { New = 0, Regressed = 0, Resolved = 0, Gone = 0 };

    internal TrendCounts With(FindingCount count) => new()
    {
        Passed = Passed + count.Passed,
        Failed = Failed + count.Failed,
        Excepted = Excepted + count.Excepted,
        NotAssessed = NotAssessed + count.NotAssessed,
        Manual = Manual + count.Manual,
        New = New + count.New,
        Regressed = Regressed + count.Regressed,
        Resolved = Resolved + count.Resolved,
        Gone = Gone + count.Gone,
    };
}
