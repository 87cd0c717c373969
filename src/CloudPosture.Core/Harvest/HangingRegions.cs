using System;
using System.Collections.Concurrent;
using CloudPosture.Aws;

namespace CloudPosture.Harvest;

/// <summary>
/// What the accounts of a harvest tell each other about Regions that hang or cannot be reached, so that they do not all wait for
/// the same. Where one of them waited in vain, a call gets one attempt; where three did, none for five minutes. An answer clears all.
/// Thread-safe.
/// </summary>
internal sealed class HangingRegions(IHarvestClock clock)
{
    private const int MostInVain = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    /// <summary>By Region and service; without a service, by whatever service it was found.</summary>
    private readonly ConcurrentDictionary<(string Region, string? Service), Wait> _waits = new();

    /// <summary>Whether somebody waited in vain and nobody got an answer since.</summary>
    public bool IsSuspect(string region, string service) =>
        !_waits.IsEmpty && (_waits.ContainsKey((region, null)) || _waits.ContainsKey((region, service)));

    /// <summary>Why a service of a Region is not to be asked now; null where it may be.</summary>
    public AwsServiceException? Refusal(string region, string service) =>
        _waits.IsEmpty ? null : Refusal((region, null)) ?? Refusal((region, service));

    /// <summary>Somebody waited in vain, to the last attempt.</summary>
    public void Hung(string region, string service, AwsServiceException problem)
    {
        Add((region, null));
        Add((region, service));

        void Add((string, string?) key) =>
            _waits.AddOrUpdate(key, _ => new Wait(1, clock.UtcNow, problem), (_, wait) => new Wait(wait.Times + 1, clock.UtcNow, problem));
    }

    /// <summary>The service answered, if only with an error.</summary>
    public void Answered(string region, string service)
    {
        if (!_waits.IsEmpty)
        {
            _waits.TryRemove((region, null), out _);
            _waits.TryRemove((region, service), out _);
        }
    }

    private AwsServiceException? Refusal((string, string?) key) =>
        _waits.TryGetValue(key, out var wait) && wait.Times >= MostInVain && clock.UtcNow - wait.Last < Rest ? wait.Problem : null;

    private sealed record Wait(int Times, DateTimeOffset Last, AwsServiceException Problem);
}
