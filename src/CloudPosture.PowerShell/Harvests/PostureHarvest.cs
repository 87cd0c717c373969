using System;
using System.Linq;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>A harvest in the lake as the pipeline sees it.</summary>
public sealed record PostureHarvest
{
    /// <summary>The harvest's id. Ids sort by time.</summary>
    public required string HarvestId { get; init; }

    /// <summary>Whether all was read. An incomplete harvest can be resumed; one that is Ended lacks accounts and cannot.</summary>
    public required HarvestStatus Status { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When all was read or the harvest was ended, in UTC; null where it is incomplete.</summary>
    public required DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The accounts that were begun.</summary>
    public required int Accounts { get; init; }

    /// <summary>The services that were read to their end, counted once an account.</summary>
    public required int Services { get; init; }

    /// <summary>The resources that were read.</summary>
    public required long Resources { get; init; }

    /// <summary>What could not be read.</summary>
    public required long Gaps { get; init; }

    /// <summary>Requests sent to read the accounts, by all of the harvest's runs, repetitions and interrupted services included.</summary>
    public required long Calls { get; init; }

    /// <summary>Answers that said "slow down".</summary>
    public required long Throttled { get; init; }

    /// <summary>Requests that repeated a failed one.</summary>
    public required long Retried { get; init; }

    /// <summary>Answers that refused for lack of a permission.</summary>
    public required long Denied { get; init; }

    /// <summary>Bytes received.</summary>
    public required long Bytes { get; init; }

    /// <summary>Requests sent to reach the accounts: to enter roles, to ask who is calling, to list organizations. They are not in Calls.</summary>
    public required long ConnectionCalls { get; init; }

    /// <summary>The connections it read through, separated by commas.</summary>
    public required string Connections { get; init; }

    /// <summary>The numbers of the shards that are missing, separated by commas.</summary>
    public required string MissingShards { get; init; }

    /// <summary>The accounts that are not read to their end, separated by commas.</summary>
    public required string MissingAccounts { get; init; }

    /// <summary>Its folder.</summary>
    public required string Path { get; init; }

    internal static PostureHarvest From(HarvestInfo harvest)
    {
        var operations = harvest.Calls.Where(calls => calls.AccountId.Length > 0).SelectMany(calls => calls.Operations).ToList();
        return new PostureHarvest
        {
            HarvestId = harvest.HarvestId,
            Status = harvest.Status,
            StartedAt = harvest.StartedAt,
            CompletedAt = harvest.CompletedAt,
            Accounts = harvest.Accounts.Count,
            Services = harvest.Commits.Count(commit => !commit.IsOpen),
            Resources = harvest.Commits.Sum(commit => commit.Types.Values.Sum(count => count)),
            Gaps = harvest.Commits.Sum(commit => commit.GapCount),
            Calls = operations.Sum(operation => operation.Calls),
            Throttled = operations.Sum(operation => operation.Throttled),
            Retried = operations.Sum(operation => operation.Retried),
            Denied = operations.Sum(operation => operation.Denied),
            Bytes = operations.Sum(operation => operation.Bytes),
            ConnectionCalls = harvest.Calls.Where(calls => calls.AccountId.Length == 0)
                .SelectMany(calls => calls.Operations)
                .Sum(operation => operation.Calls),
            Connections = string.Join(",", harvest.Manifests.SelectMany(manifest => manifest.Connections).Distinct()),
            MissingShards = string.Join(",", harvest.MissingShards),
            MissingAccounts = string.Join(",", harvest.MissingAccounts),
            Path = harvest.Path,
        };
    }
}
