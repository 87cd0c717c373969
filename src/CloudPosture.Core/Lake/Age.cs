using System;

namespace CloudPosture.Lake;

/// <summary>How old a reading is.</summary>
internal static class Age
{
    /// <summary>How far the clocks of those who share a lake may differ: as far as AWS lets one differ from its own.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Whether a reading is no older than an age. One of a time to come was made by a wrong clock, and nobody knows how old it is.</summary>
    public static bool IsWithin(DateTimeOffset read, DateTimeOffset now, TimeSpan age) => now - read <= age && read - now <= Skew;
}
