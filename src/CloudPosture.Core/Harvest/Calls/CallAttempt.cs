using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest.Calls;

/// <summary>What the attempts of one call have in common.</summary>
/// <param name="call">The call, as the catalog names it.</param>
/// <param name="region">The Region that is asked.</param>
/// <param name="counter">Counts the operation's calls.</param>
/// <param name="mark">Where the service's circuit stood before the first attempt.</param>
internal sealed class CallAttempt(OperationEntry call, string region, CallCounter counter, CircuitMark mark)
{
    public OperationEntry Call => call;

    public string Region => region;

    public CallCounter Counter => counter;

    public CircuitMark Mark => mark;

    /// <summary>True where this call is to find out whether what was dead answers again.</summary>
    public bool IsProbe { get; set; }

    public bool IsRetry { get; set; }

    /// <summary>How many attempts failed, not counting those that only needed a new session.</summary>
    public int Failures { get; set; }

    public int Renewals { get; set; }

    /// <summary>The number of the session it was signed with.</summary>
    public int Session { get; set; }
}
