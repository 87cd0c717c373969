namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>A benchmark with how many of its requirements the findings meet.</summary>
public sealed record PostureBenchmark
{
    /// <summary>Its id (<c>cis-aws-foundations-7.0.0</c>).</summary>
    public required string BenchmarkId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>How many requirements it has.</summary>
    public required int Requirements { get; init; }

    /// <summary>How many requirements are met.</summary>
    public required int Passed { get; init; }

    /// <summary>How many requirements are not met.</summary>
    public required int Failed { get; init; }

    /// <summary>How many requirements are not met, all of which is accepted.</summary>
    public required int Excepted { get; init; }

    /// <summary>How many requirements could not be assessed.</summary>
    public required int NotAssessed { get; init; }

    /// <summary>How many requirements a person must look at.</summary>
    public required int Manual { get; init; }

    /// <summary>How many requirements no finding answers.</summary>
    public required int NoFinding { get; init; }

    /// <summary>The file it came from.</summary>
    public required string File { get; init; }
}
