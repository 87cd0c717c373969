using System.Collections.Generic;

namespace CloudPosture.Lake.Harvests;

/// <summary>Calls that belong to no service that was read to its end: it was interrupted, or they only prepared or reached an account.</summary>
public sealed record SentCalls
{
    /// <summary>The account, 12 digits; empty for calls that reached the accounts.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The catalog's name of the service; for calls that reached the accounts, AWS's own.</summary>
    public required string Service { get; init; }

    /// <summary>The calls by operation.</summary>
    public IReadOnlyList<OperationStatistics> Operations { get; init; } = [];
}
