using System.Collections.Generic;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>Keeps caches from growing with the number of subnets: what belongs together comes one after the other.</summary>
internal static class Bounded
{
    private const int MostKept = 4096;

    /// <summary>Keeps a value, and lets go of all others where they are too many.</summary>
    public static void Keep<TKey, TValue>(this Dictionary<TKey, TValue> cache, TKey key, TValue value)
        where TKey : notnull
    {
        if (cache.Count >= MostKept)
        {
            cache.Clear();
        }

        cache[key] = value;
    }
}
