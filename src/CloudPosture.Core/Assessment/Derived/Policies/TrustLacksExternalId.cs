using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>trustLacksExternalId</c>, without arguments: true where a role's trust policy lets an account or organization, or everyone, assume it that is
/// not known to belong to the same owner, without asking for an sts:ExternalId of its own (the confused deputy). Unknown where that
/// hangs on an organization and it was not read which one the account is in. Evidence: the statement and who is trusted.
/// </summary>
internal sealed class TrustLacksExternalId() : PolicyFunction(TrustIsPublic.Field)
{
    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var found = TrustPolicy.ThirdPartyWithoutExternalId(policy, owner, out var isUndecided);
        return found is { } stranger ? DerivedValue.Of(true, explain ? $"{stranger.Statement.Label} trusts {stranger.Who} without an external ID" : null)
            : isUndecided ? DerivedValue.Unknown(explain ? "whether the trusted organization is the account's own is not known" : null)
            : DerivedValue.Of(false, explain ? "no account outside the organization is trusted without an external ID" : null);
    }
}
