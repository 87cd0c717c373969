namespace CloudPosture.Lake;

/// <summary>One line of a journal: an account that is begun, a service that is done, or calls that belong to neither.</summary>
internal sealed record JournalEntry
{
    public HarvestedAccount? Account { get; init; }

    public ServiceCommit? Service { get; init; }

    public SentCalls? Calls { get; init; }
}
