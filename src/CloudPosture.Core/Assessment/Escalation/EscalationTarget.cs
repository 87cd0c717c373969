using CloudPosture.Assessment.Access;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Escalation;

/// <summary>What a method may be used on.</summary>
/// <param name="Identity">The role or user that is gained.</param>
/// <param name="Thing">What works with the role; null where the method needs nothing of the kind, or its type was not read.</param>
internal sealed record EscalationTarget(Identity Identity, Resource? Thing)
{
    /// <summary>Whether there should be something that works with the role, and nobody read whether there is.</summary>
    public bool IsUnseen { get; init; }
}
