using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>policyIsPublic</c>, with <c>field</c>: the path of a resource policy. True where a statement lets anyone in and neither a
/// condition with fixed values nor a Deny confines it, as AWS's "The meaning of public" for S3 and IAM Access Analyzer have it.
/// Evidence: the statement and its principal. A service that is trusted for any account is named in the evidence, and is not public.
/// </summary>
internal sealed class PolicyIsPublic(YamlMap arguments) : PolicyFunction(arguments)
{
    protected override DerivedValue Evaluate(PolicyDocument policy, in Subject subject, bool explain)
    {
        var account = subject.Account.AccountId;
        var exposure = ResourcePolicy.ExposureOf(policy, account);
        return DerivedValue.Of(exposure.Reach == Reach.Public, !explain ? null
            : exposure.Reach == Reach.Public ? exposure.Describe()
            : ResourcePolicy.UnconfinedService(policy, account) is { } statement ? $"no statement is public; {statement.Label} trusts an AWS service without naming a source account"
            : "no statement is public");
    }
}
