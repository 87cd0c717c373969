using System;
using System.Collections.Generic;

namespace CloudPosture.Harvest.Events;

/// <summary>What one principal did: how often each event occurred, when first and when last. Not thread-safe.</summary>
/// <param name="Kind">What it is (<c>AssumedRole</c>).</param>
/// <param name="Role">The ARN of the role whose session it is; null for any other principal.</param>
internal sealed record PrincipalEvents(string Kind, string? Role)
{
    private readonly SortedDictionary<string, (int Count, DateTimeOffset First, DateTimeOffset Last)> _events = new(StringComparer.Ordinal);

    /// <summary>The events by name.</summary>
    public IReadOnlyDictionary<string, (int Count, DateTimeOffset First, DateTimeOffset Last)> Events => _events;

    public void Add(string name, DateTimeOffset time) => _events[name] = _events.TryGetValue(name, out var known)
        ? (known.Count + 1, time < known.First ? time : known.First, time > known.Last ? time : known.Last)
        : (1, time, time);
}
