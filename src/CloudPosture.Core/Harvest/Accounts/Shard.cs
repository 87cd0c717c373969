using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Text;

namespace CloudPosture.Harvest.Accounts;

/// <summary>One of several processes that write a harvest together, each its own accounts.</summary>
public sealed record Shard
{
    /// <summary>Names a shard.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="count">How many there are, at least 1.</param>
    /// <exception cref="SettingException">The numbers do not fit each other.</exception>
    public Shard(int index, int count)
    {
        AtLeastOne(count);
        if (index < 0 || index >= count)
        {
            throw new SettingException($"There is no shard {index} of {count}. Shards are numbered from 0, so the last of {count} is {count - 1}.");
        }

        Index = index;
        Count = count;
    }

    /// <summary>Its number, from 0.</summary>
    public int Index { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>
    /// The shard that a job array's engine made of this process: a Kubernetes indexed job, AWS Batch, Azure Pipelines, GitLab,
    /// CircleCI, Buildkite, Semaphore, Slurm or Cloud Run.
    /// </summary>
    /// <param name="count">How many there are, where the user says so; 1 reads all accounts here, whatever the engine says.</param>
    /// <param name="environment">Reads a variable; null is the process's environment.</param>
    /// <returns>The shard; null where no engine numbers this process, or it is the only one.</returns>
    /// <exception cref="SettingException">The variables make no sense, contradict each other or the count, or do not tell how many there are.</exception>
    public static Shard? FromEnvironment(int? count = null, Func<string, string?>? environment = null)
    {
        if (count is { } given && AtLeastOne(given) == 1)
        {
            return null;
        }

        var found = JobArray.All
            .Select(array => (array.Engine, Shard: array.Find(count, environment ?? Environment.GetEnvironmentVariable)))
            .Where(array => array.Shard is not null)
            .ToList();
        return found.Select(array => array.Shard).Distinct().Count() switch
        {
            1 => found[0].Shard,
            0 when count is not null => throw new SettingException(
                $"There are to be {count} shards, but nothing tells this process's number.",
                new Advice($"Give its number, from 0 to {count - 1}.", "ShardIndex", FormattableString.Invariant($"{count - 1}"))),
            0 => null,
            _ => throw new SettingException(
                $"{string.Join(" and ", found.Select(array => $"{array.Engine} (job {array.Shard!.Index} of {array.Shard.Count}, from 0)"))} number this process differently.",
                new Advice("Give this process's number and how many there are.", "ShardBoth")),
        };
    }

    /// <summary>The shard that an account belongs to: the one whose hash with the account is highest, so that another account moves none.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="count">How many shards there are.</param>
    /// <returns>The shard's number, from 0. The same on every machine and in every version.</returns>
    public static int Of(string accountId, int count) => Enumerable.Range(0, count)
        .Select(shard => (shard, weight: BinaryPrimitives.ReadUInt64LittleEndian(Sha256.Of(FormattableString.Invariant($"{accountId}/{shard}")))))
        .Aggregate((best, other) => other.weight > best.weight ? other : best)
        .shard;

    /// <summary>Whether an account belongs to this shard.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>True where it does.</returns>
    public bool Owns(string accountId) => Of(accountId, Count) == Index;

    /// <summary>The accounts of each shard.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Divide(IReadOnlyList<string> accountIds, int count)
    {
        var byShard = accountIds.ToLookup(account => Of(account, count));
        return [.. Enumerable.Range(0, count).Select(shard => byShard[shard].ToList())];
    }

    private static int AtLeastOne(int count) =>
        count >= 1 ? count : throw new SettingException($"There cannot be {count} shards.", new Advice("There is at least 1.", "ShardCount"));
}
