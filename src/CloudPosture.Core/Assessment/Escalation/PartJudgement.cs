using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Escalation;

/// <summary>What is known of a part of a method, or of all of it: that it may be done, and under which conditions that nobody knows of.</summary>
/// <param name="Actions">The actions with their statements.</param>
/// <param name="Conditions">What it hangs on; empty for what is certain.</param>
internal sealed record PartJudgement(IReadOnlyList<StepAction> Actions, IReadOnlyList<string> Conditions)
{
    public static readonly PartJudgement Nothing = new([], []);

    public bool IsCertain => Conditions.Count == 0;

    /// <summary>Both parts together; null where one cannot be done.</summary>
    public PartJudgement? And(PartJudgement? other) =>
        other is null ? null : new([.. Actions, .. other.Actions], [.. Conditions.Concat(other.Conditions).Distinct()]);

    /// <summary>The part with a condition more.</summary>
    public PartJudgement If(string? condition) => condition is null || Conditions.Contains(condition) ? this : this with { Conditions = [.. Conditions, condition] };

    /// <summary>What a decision says of an action; null where it may not be done.</summary>
    public static PartJudgement? Of(string action, string resource, AccessDecision decision) => decision.Outcome switch
    {
        AccessOutcome.Allowed => new([new StepAction(action, resource, decision.DecidedBy)], []),
        AccessOutcome.Unknown => new([new StepAction(action, resource, decision.DecidedBy)],
            decision.HangsOn.Count > 0
                ? [.. decision.HangsOn.Select(key => $"{key} fits")]
                : [.. decision.DecidedBy.Where(reason => reason.EndsWith("could not be read", System.StringComparison.Ordinal)).DefaultIfEmpty("a policy could not be judged")]),
        _ => null,
    };

    /// <summary>The better of two: what is certain, or else what is possible.</summary>
    public static PartJudgement? Better(PartJudgement? one, PartJudgement? other) =>
        one is null ? other : other is null || one.IsCertain || !other.IsCertain ? one : other;
}
