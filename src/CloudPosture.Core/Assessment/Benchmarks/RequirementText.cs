using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>Writes requirements as people name them, benchmark by benchmark: <c>CIS 7.0 2.4, 2.5; PCI DSS 4.0.1 8.3.6</c>.</summary>
public static class RequirementText
{
    /// <summary>The text; empty where there are none.</summary>
    public static string Of(IEnumerable<(Benchmark Benchmark, Requirement Requirement)> requirements) => string.Join("; ", requirements
        .GroupBy(one => one.Benchmark)
        .Select(benchmark => $"{benchmark.Key.Label} {string.Join(", ", benchmark.Select(one => one.Requirement.Id).Distinct())}"));
}
