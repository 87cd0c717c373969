using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>What one API operation took in a harvest: where the calls, the throttles and the bytes went.</summary>
public sealed record PostureOperationStatistics
{
    /// <summary>The harvest's id.</summary>
    public required string HarvestId { get; init; }

    /// <summary>The account, 12 digits.</summary>
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
        from commit in harvest.Commits
        from operation in commit.Statistics.Operations
        select new PostureOperationStatistics
        {
            HarvestId = harvest.HarvestId,
            AccountId = commit.AccountId,
            Service = commit.Service,
            Operation = operation.Operation,
            Calls = operation.Calls,
            Throttled = operation.Throttled,
            Retried = operation.Retried,
            Denied = operation.Denied,
            Bytes = operation.Bytes,
        };
}
