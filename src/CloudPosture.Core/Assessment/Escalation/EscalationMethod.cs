using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Escalation;

/// <summary>A way to more rights, as <c>escalations.yaml</c> tells it.</summary>
internal sealed record EscalationMethod
{
    /// <summary>Its place among the methods, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The stable id (<c>lambda.change-code</c>).</summary>
    public required string Id { get; init; }

    /// <summary>What is done, in a few words.</summary>
    public required string Title { get; init; }

    public required EscalationClass Class { get; init; }

    /// <summary>The actions, all of which are needed.</summary>
    public required IReadOnlyList<EscalationAction> Actions { get; init; }

    public required EscalationGain Gain { get; init; }

    /// <summary>Whose rights are enlarged, or who is taken over.</summary>
    public required EscalationHolder Holder { get; init; }

    /// <summary>What must exist; null where nothing must.</summary>
    public EscalationThing? Through { get; init; }

    /// <summary>Types of which the account must have one.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public IReadOnlyList<EscalationNeed> Needs { get; init; } = [];

    /// <summary>What no harvest shows and must hold; null where that is nothing.</summary>
    public string? Asks { get; init; }

    /// <summary>Whether it is about a role or user that is not the actor.</summary>
    public bool HasTarget => Through is not null || Holder is EscalationHolder.Role or EscalationHolder.User;

    /// <summary>The action that tells targets apart best: what assumes a role, what passes it, or else the first that is on the target.</summary>
    public EscalationAction? Key => Actions.FirstOrDefault(action => action.IsAssumption && !ChangesTrust)
        ?? Actions.FirstOrDefault(action => action.On == EscalationObject.Role && action.To.Count > 0)
        ?? Actions.FirstOrDefault(action => action.On is EscalationObject.Role or EscalationObject.User or EscalationObject.Thing);

    /// <summary>Whether the role's trust is changed so that it names the actor.</summary>
    public bool ChangesTrust => Actions.Any(action => action.IsTrustChange);

    /// <summary>The types that must be read for it.</summary>
    public IEnumerable<string> Types => Through?.Type is { } type ? Also.Append(type) : Also;
}
