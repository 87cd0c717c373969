using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>What one API operation took in a harvest: where the calls, the throttles and the bytes went.</summary>
public sealed record PostureOperationStatistics
{
    /// <summary>The harvest's id.</summary>
    public required string HarvestId { get; init; }

    /// <summary>The account, 12 digits; empty for calls that reached the accounts.</summary>
    public required string AccountId { get; init; }

    /// <summary>The catalog's name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>The operation's official name.</summary>
    public required string Operation { get; init; }

    /// <summary>Requests sent, repetitions included.</summary>
    public required long Calls { get; init; }

    /// <summary>Answers that said "slow down".</summary>
    public required long Throttled { get; init; }

    /// <summary>Requests that repeated a failed one.</summary>
    public required long Retried { get; init; }

    /// <summary>Answers that refused for lack of a permission.</summary>
    public required long Denied { get; init; }

    /// <summary>Bytes received.</summary>
    public required long Bytes { get; init; }

    internal static IEnumerable<PostureOperationStatistics> From(HarvestInfo harvest) =>
        from calls in harvest.Calls
        from operation in calls.Operations
        group operation by (calls.AccountId, calls.Service, operation.Operation) into same
        select new PostureOperationStatistics
        {
            HarvestId = harvest.HarvestId,
            AccountId = same.Key.AccountId,
            Service = same.Key.Service,
            Operation = same.Key.Operation,
            Calls = same.Sum(operation => operation.Calls),
            Throttled = same.Sum(operation => operation.Throttled),
            Retried = same.Sum(operation => operation.Retried),
            Denied = same.Sum(operation => operation.Denied),
            Bytes = same.Sum(operation => operation.Bytes),
        };
}
