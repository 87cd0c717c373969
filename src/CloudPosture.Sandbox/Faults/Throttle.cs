using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Faults;

/// <summary>The token buckets of every account, Region and operation class.</summary>
internal sealed class Throttle(IReadOnlyList<RateLimit> limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Account, string Region, string Class), TokenBucket> _buckets = new();

    public bool TryTake(OperationModel operation, string account, string region)
    {
        if (LimitOf(operation) is not { } limit)
        {
            return true;
        }

        var name = limit.IsPerOperation ? operation.Name : string.Join(',', limit.Operations);
        return _buckets
            .GetOrAdd((account, region, operation.Service.Name + ":" + name), _ => new TokenBucket(limit.Bucket, limit.RefillPerSecond, clock))
            .TryTake();
    }

    private RateLimit? LimitOf(OperationModel operation)
    {
        var ofService = limits.Where(limit => limit.Service == operation.Service.Name).ToList();
        return ofService.Find(limit => limit.Operations.Contains(operation.Name)) ?? ofService.Find(limit => limit.Operations.Count == 0);
    }
}
