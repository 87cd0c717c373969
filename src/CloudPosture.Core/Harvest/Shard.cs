using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace CloudPosture.Harvest;

/// <summary>One of several processes that write a harvest together, each its own accounts.</summary>
public sealed record Shard
{
    /// <summary>The variables by which job arrays number their processes, and the number of the first.</summary>
    private static readonly (string Index, string? Count, int First)[] Engines =
    [
        ("JOB_COMPLETION_INDEX", null, 0),
        ("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0),
        ("SYSTEM_JOBPOSITIONINPHASE", "SYSTEM_TOTALJOBSINPHASE", 1),
        ("CI_NODE_INDEX", "CI_NODE_TOTAL", 1),
        ("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT", 0),
    ];

    /// <summary>Names a shard.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="count">How many there are, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers do not fit each other.</exception>
    public Shard(int index, int count)
    {
        if (count < 1 || index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"There is no shard {index} of {count}. Shards are numbered from 0, so the last of {count} is {count - 1}.");
        }

        Index = index;
        Count = count;
    }

    /// <summary>Its number, from 0.</summary>
    public int Index { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The shard that a job array's engine made of this process: a Kubernetes indexed job, AWS Batch, Azure Pipelines, GitLab or Cloud Run.</summary>
    /// <param name="count">How many there are, where the engine does not say (Kubernetes); null to trust the engine.</param>
    /// <param name="environment">Reads a variable; null is the process's environment.</param>
    /// <returns>The shard; null where no engine numbers this process, none tells how many there are, or it is the only one.</returns>
    public static Shard? FromEnvironment(int? count = null, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        foreach (var engine in Engines)
        {
            if (Number(environment(engine.Index)) is { } index
                && (count ?? (engine.Count is { } name ? Number(environment(name)) : null)) is { } known and > 1)
            {
                return new Shard(index - engine.First, known);
            }
        }

        return null;
    }

    /// <summary>The shard that an account belongs to: the one whose hash with the account is highest, so that another account moves none.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="count">How many shards there are.</param>
    /// <returns>The shard's number, from 0.</returns>
    public static int Of(string accountId, int count)
    {
        using var sha = SHA256.Create();
        return Enumerable.Range(0, count)
            .Select(shard => (shard, weight: BitConverter.ToUInt64(sha.ComputeHash(Encoding.ASCII.GetBytes($"{accountId}/{shard}")), 0)))
            .Aggregate((best, other) => other.weight > best.weight ? other : best)
            .shard;
    }

    /// <summary>Whether an account belongs to this shard.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>True where it does.</returns>
    public bool Owns(string accountId) => Of(accountId, Count) == Index;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
