namespace CloudPosture.Harvest.Calls;

/// <summary>What the attempts of one call have in common.</summary>
internal sealed class CallAttempt
{
    /// <summary>True where this call is to find out whether what was dead answers again.</summary>
    public bool IsProbe { get; set; }

    public bool IsRetry { get; set; }

    /// <summary>How many attempts failed, not counting those that only needed a new session.</summary>
    public int Failures { get; set; }

    public int Renewals { get; set; }

    /// <summary>The number of the session it was signed with.</summary>
    public int Session { get; set; }
}
