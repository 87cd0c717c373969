using CloudPosture.Lake.Findings;

namespace CloudPosture.Posture.Tallies;

/// <summary>How many findings there are of each kind.</summary>
public readonly record struct FindingCounts
{
    /// <summary>No finding at all.</summary>
    public static FindingCounts None => default;

    /// <summary>Findings that pass.</summary>
    public int Passed { get; init; }

    /// <summary>Findings that fail.</summary>
    public int Failed { get; init; }

    /// <summary>Findings that fail and are critical.</summary>
    public int Critical { get; init; }

    /// <summary>Findings that fail and are high.</summary>
    public int High { get; init; }

    /// <summary>Findings that could not be assessed.</summary>
    public int NotAssessed { get; init; }

    /// <summary>Findings that fail and are accepted. They count as neither passed nor failed.</summary>
    public int Excepted { get; init; }

    /// <summary>The same with one finding more; what a person must look at is not counted.</summary>
    public FindingCounts With(Finding finding) => finding.Status switch
    {
        FindingStatus.Pass => this with { Passed = Passed + 1 },
        FindingStatus.Excepted => this with { Excepted = Excepted + 1 },
        FindingStatus.NotAssessed => this with { NotAssessed = NotAssessed + 1 },
        FindingStatus.Fail => this with
        {
            Failed = Failed + 1,
            Critical = Critical + (finding.Severity == Severity.Critical ? 1 : 0),
            High = High + (finding.Severity == Severity.High ? 1 : 0),
        },
        _ => this,
    };

    /// <summary>The sum with others.</summary>
    public FindingCounts With(FindingCounts others) => new()
    {
        Passed = Passed + others.Passed,
        Failed = Failed + others.Failed,
        Critical = Critical + others.Critical,
        High = High + others.High,
        NotAssessed = NotAssessed + others.NotAssessed,
        Excepted = Excepted + others.Excepted,
    };
}
