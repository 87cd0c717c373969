using System.Collections.Generic;

namespace CloudPosture.Reporting.Content;

/// <summary>A requirement of a benchmark with its answers.</summary>
/// <param name="Benchmark">The benchmark's id.</param>
/// <param name="Requirement">The requirement's number.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Worst">The answer that outweighs the others.</param>
/// <param name="Answers">The answer in each account, in the matrix's order; empty where no finding answers it there.</param>
internal sealed record RequirementRow(string Benchmark, string Requirement, string Title, string Worst, IReadOnlyList<string> Answers);
