using System;

namespace CloudPosture.Benchmarks;

/// <summary>A harvest on paper.</summary>
/// <param name="Shards">The processes.</param>
/// <param name="Fewest">The accounts of the process that has the fewest.</param>
/// <param name="Most">The accounts of the process that has the most.</param>
/// <param name="Calls">The calls of all.</param>
/// <param name="Listing">Seconds to list the accounts.</param>
/// <param name="Pace">Seconds that the slowest process takes by rates and latency.</param>
/// <param name="Cpu">Seconds that it takes by its cores.</param>
/// <param name="Memory">Megabytes of the largest process.</param>
internal sealed record ScaleResult(int Shards, int Fewest, int Most, long Calls, double Listing, double Pace, double Cpu, double Memory)
{
    /// <summary>Seconds from start to end.</summary>
    public double Seconds => Listing + Math.Max(Pace, Cpu);
}
