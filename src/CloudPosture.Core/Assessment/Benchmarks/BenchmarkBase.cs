using System.Collections.Generic;

namespace CloudPosture.Assessment;

/// <summary>A benchmark whose requirements another takes over.</summary>
/// <param name="Id">The other benchmark.</param>
/// <param name="Level">The highest level taken; null for all.</param>
/// <param name="Without">The ids of the requirements that are left out.</param>
public sealed record BenchmarkBase(string Id, int? Level, IReadOnlyList<string> Without);
