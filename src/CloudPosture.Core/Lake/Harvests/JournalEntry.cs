using System.Text.Json;

namespace CloudPosture.Lake.Harvests;

/// <summary>One line of a journal: an account that is begun, a service that is done, or calls that belong to neither.</summary>
internal sealed record JournalEntry
{
    public HarvestedAccount? Account { get; init; }

    public ServiceCommit? Service { get; init; }

    public SentCalls? Calls { get; init; }

    /// <summary>The entry, if its account can be one.</summary>
    /// <exception cref="JsonException">It cannot: the line was changed by hand.</exception>
    public JournalEntry Checked() => (Account?.AccountId ?? Service?.AccountId) is not { } id || AccountIds.IsValid(id)
        ? this
        : throw new JsonException($"'{id}' is no account's id.");
}
