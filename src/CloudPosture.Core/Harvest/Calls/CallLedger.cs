using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Calls;

/// <summary>Counts the calls that reach accounts: those that enter roles, ask who is calling and list organizations. Thread-safe.</summary>
public sealed class CallLedger
{
    private readonly ConcurrentDictionary<(string Service, string Operation), long> _calls = new();

    /// <summary>Counts a call.</summary>
    /// <param name="service">AWS's name of the service (<c>sts</c>).</param>
    /// <param name="operation">The operation's official name.</param>
    public void Count(string service, string operation) => _calls.AddOrUpdate((service, operation), 1, (_, calls) => calls + 1);

    /// <summary>What was counted since the last time.</summary>
    internal IReadOnlyList<SentCalls> Take()
    {
        var taken = new List<(string Service, OperationStatistics Operation)>();
        foreach (var key in _calls.Keys)
        {
            if (_calls.TryRemove(key, out var calls))
            {
                taken.Add((key.Service, new OperationStatistics { Operation = key.Operation, Calls = calls }));
            }
        }

        return [.. taken.GroupBy(call => call.Service, call => call.Operation, StringComparer.Ordinal)
            .OrderBy(service => service.Key, StringComparer.Ordinal)
            .Select(service => new SentCalls { Service = service.Key, Operations = [.. service.OrderBy(operation => operation.Operation, StringComparer.Ordinal)] })];
    }
}
