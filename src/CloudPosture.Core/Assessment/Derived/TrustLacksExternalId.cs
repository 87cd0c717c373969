using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>trustLacksExternalId</c>, without arguments: true where a role's trust policy lets an account assume it that is not known to
/// belong to the same owner, without asking for sts:ExternalId (the confused deputy). Evidence: the statement and the account.
/// </summary>
internal sealed class TrustLacksExternalId() : PolicyFunction(TrustIsPublic.Field)
{
    protected override DerivedValue Evaluate(PolicyDocument policy, in Subject subject, bool explain)
    {
        var found = TrustPolicy.ThirdPartyWithoutExternalId(policy, subject.Account.KnownAccounts, subject.Account.AccountId);
        return DerivedValue.Of(found is not null, !explain ? null
            : found is { } stranger ? $"{stranger.Statement.Label} trusts account {stranger.Account} without an external ID"
            : "no account outside the organization is trusted without an external ID");
    }
}
