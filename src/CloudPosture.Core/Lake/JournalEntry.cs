namespace CloudPosture.Lake;

/// <summary>One line of a journal: an account that is begun, or a service that is done.</summary>
internal sealed record JournalEntry
{
    public HarvestedAccount? Account { get; init; }

    public ServiceCommit? Service { get; init; }
}
