using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.Posture.Tallies;

/// <summary>Counts the findings of one rule. Not thread-safe.</summary>
internal sealed class RuleTally
{
    private int _passed;
    private int _failed;
    private int _critical;
    private int _high;
    private int _notAssessed;
    private int _excepted;

    public FindingCounts Counts => new() { Passed = _passed, Failed = _failed, Critical = _critical, High = _high, NotAssessed = _notAssessed, Excepted = _excepted };

    /// <summary>What they say together.</summary>
    public RequirementStatus Status =>
        _failed > 0 ? RequirementStatus.Fail
        : _notAssessed > 0 ? RequirementStatus.NotAssessed
        : _excepted > 0 ? RequirementStatus.Excepted
        : _passed > 0 ? RequirementStatus.Pass
        : RequirementStatus.NoFinding;

    /// <summary>Counts a finding; what a person must look at is not counted.</summary>
    public void Add(Finding finding)
    {
        switch (finding.Status)
        {
            case FindingStatus.Pass:
                _passed++;
                break;
            case FindingStatus.Fail:
                _failed++;
                _critical += finding.Severity == Severity.Critical ? 1 : 0;
                _high += finding.Severity == Severity.High ? 1 : 0;
                break;
            case FindingStatus.NotAssessed:
                _notAssessed++;
                break;
            case FindingStatus.Excepted:
                _excepted++;
                break;
        }
    }

    public void Add(RuleTally other)
    {
        _passed += other._passed;
        _failed += other._failed;
        _critical += other._critical;
        _high += other._high;
        _notAssessed += other._notAssessed;
        _excepted += other._excepted;
    }
}
