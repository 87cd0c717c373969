using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>trustIsPublic</c>, without arguments: true where a role's trust policy lets anyone assume it, be it any AWS account or any
/// customer of an identity provider that serves everyone, such as a GitHub token whose <c>sub</c> no condition ties to an owner.
/// Evidence: the statement and its principal.
/// </summary>
internal sealed class TrustIsPublic() : PolicyFunction(Field)
{
    internal static readonly FieldReference Field = FieldReference.Parse("AssumeRolePolicyDocument");

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var exposure = TrustPolicy.Public(policy, owner);
        return Answer(exposure.IsUndecided ? null : exposure.Reach == Reach.Public, !explain ? null
            : exposure.Reach == Reach.Public ? exposure.Describe()
            : "no statement trusts everyone", exposure.WhyUndecided);
    }
}
