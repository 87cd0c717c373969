using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>What a request says about a condition key.</summary>
/// <param name="Values">Its values; null where the key is absent.</param>
internal sealed record KeyValue(IReadOnlyList<string>? Values)
{
    /// <summary>The key is not in the request.</summary>
    public static readonly KeyValue Absent = new((IReadOnlyList<string>?)null);

    public KeyValue(string value)
        : this([value])
    {
    }

    public bool IsAbsent => Values is null || Values.Count == 0;
}
