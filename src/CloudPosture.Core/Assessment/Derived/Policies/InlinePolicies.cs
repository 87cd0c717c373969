using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary><c>inlinePolicies</c>, without arguments: the number of inline policies of a user, group or role. Evidence: the number.</summary>
internal sealed class InlinePolicies : DerivedFunction
{
    public override DerivedValue Evaluate(in Subject subject, bool explain) => IdentityPolicies.TryFind(subject, out var policies)
        ? DerivedValue.Of(policies.Count, explain ? $"inline policies: {policies.Count}" : null)
        : DerivedValue.Unknown(explain ? "the inline policies could not be read" : null);
}
