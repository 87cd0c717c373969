using System.Collections.Generic;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Paths;

/// <summary>Where a path begins: what is come in by, or who begins.</summary>
internal sealed record PathEntry
{
    /// <summary>From where: <c>Internet</c>, a network, or somebody.</summary>
    public required string From { get; init; }

    /// <summary>Whether anybody may begin here; else it takes a place in a network or somebody's credentials.</summary>
    public required bool IsOpenToAll { get; init; }

    public required string Type { get; init; }

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>Who acts here; null for what works with no role.</summary>
    public Identity? Identity { get; init; }

    /// <summary>How it is reached, where packets or requests lead here; their steps are written when they are looked at.</summary>
    public IReadOnlyList<ReachedLine> Lines { get; init; } = [];

    /// <summary>What leads here otherwise, and on to the one who acts.</summary>
    public IReadOnlyList<PosturePathStep> Other { get; init; } = [];

    /// <summary>The number of steps.</summary>
    public int Length => Lines.Count == 0 ? Other.Count : Identity is null ? 1 : 2;

    /// <summary>What leads here, and on to the one who acts.</summary>
    public IReadOnlyList<PosturePathStep> Steps => Lines.Count == 0 ? Other : Written();

    /// <summary>What it hangs on that this can be come to.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    public bool IsCertain => Conditions.Count == 0;

    /// <summary>Whether packets lead here.</summary>
    public bool IsByNetwork => Lines.Count > 0 ? Lines[0].IsNetwork : Other.Count > 0 && Other[0].Kind == PathStepKind.Network;

    private PosturePathStep[] Written()
    {
        var label = ThingLabel.Of(Type, Id);
        var reach = PathSteps.Reach(label, Arn, Lines);
        return Identity is null ? [reach] : [reach, PathSteps.ActAs(label, Arn, Identity)];
    }
}
