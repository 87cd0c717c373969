using CloudPosture.Lake.Findings;

namespace CloudPosture.Findings.Differences;

/// <summary>A finding that two moments of the lake tell differently.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Before">What the earlier moment says; null where it knows nothing of it.</param>
/// <param name="After">What the later one says; null where there is nothing any more.</param>
public sealed record FindingDifference(FindingChange Change, Finding? Before, Finding? After)
{
    /// <summary>What is known last.</summary>
    public Finding Latest => After ?? Before!;
}
