namespace CloudPosture.Alerts;

/// <summary>What became of an alert.</summary>
public sealed record AlertOutcome
{
    /// <summary>What the receiver was told, or would be.</summary>
    public required AlertDigest Digest { get; init; }

    /// <summary>Whether it was told; false where there is nothing new, or the user did not want it.</summary>
    public required bool IsSent { get; init; }

    /// <summary>How many messages were sent.</summary>
    public int Messages { get; init; }

    /// <summary>The id of the message, or of the first of several; null where none was sent.</summary>
    public string? MessageId { get; init; }
}
