using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Posture.Tallies;

namespace CloudPosture.Posture.Benchmarks;

/// <summary>What the findings say about a requirement of a benchmark.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Requirement">The requirement.</param>
/// <param name="Status">The answer.</param>
/// <param name="Counts">The findings behind it.</param>
public sealed record RequirementAnswer(Benchmark Benchmark, Requirement Requirement, RequirementStatus Status, FindingCounts Counts);
