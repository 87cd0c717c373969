using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.Posture.Tallies;

/// <summary>Counts the findings of one rule. Not thread-safe.</summary>
internal sealed class RuleTally
{
    public FindingCounts Counts { get; private set; }

    /// <summary>What they say together.</summary>
    public RequirementStatus Status =>
        Counts.Failed > 0 ? RequirementStatus.Fail
        : Counts.NotAssessed > 0 ? RequirementStatus.NotAssessed
        : Counts.Excepted > 0 ? RequirementStatus.Excepted
        : Counts.Passed > 0 ? RequirementStatus.Pass
        : RequirementStatus.NoFinding;

    public void Add(Finding finding) => Counts = Counts.With(finding);

    public void Add(RuleTally other) => Counts = Counts.With(other.Counts);
}
