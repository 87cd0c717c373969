namespace CloudPosture.Connections;

/// <summary>One thing that was tried with a connection.</summary>
public sealed record ConnectionCheck
{
    /// <summary>What was tried; for a service <c>Service: s3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it went.</summary>
    public CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do; empty where there is nothing to do.</summary>
    public string Recommendation { get; init; } = "";
}
