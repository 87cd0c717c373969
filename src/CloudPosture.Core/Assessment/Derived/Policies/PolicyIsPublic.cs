using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policyIsPublic</c>, with <c>field</c>: the path of a resource policy. True where someone outside the account and its organization
/// can make a request that a statement allows and none denies; what AWS assigns to such a stranger is no value that a policy names.
/// With <c>throughServices: true</c> a service that acts for others without a source that is named counts too, as AWS judges functions.
/// With <c>actions</c> only what the patterns match counts. Evidence: the statement and its principal; without it such a service, which is then not public, is named.
/// </summary>
internal sealed class PolicyIsPublic : PolicyFunction
{
    private readonly bool _throughServices;
    private readonly PatternSet? _actions;

    public PolicyIsPublic(YamlMap arguments)
        : base(arguments) =>
        (_throughServices, _actions) = (arguments.Flag("throughServices"), ActionsOf(arguments));

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var target = TargetOf(subject, _actions);
        var exposure = ResourcePolicy.Public(policy, owner, target, _throughServices);
        return Answer(exposure.IsUndecided ? null : exposure.Reach == Reach.Public, !explain ? null
            : exposure.Reach == Reach.Public ? exposure.Describe()
            : ResourcePolicy.UnconfinedService(policy, owner, target) is { } statement ? $"no statement is public; {statement.Label} trusts an AWS service without naming a source account"
            : "no statement is public", exposure.WhyUndecided);
    }
}
