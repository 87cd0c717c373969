using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policyGrantsCrossAccount</c>, with <c>field</c>: the path of a resource policy. True where a request from anyone but the
/// resource's own account and AWS services is allowed: other accounts, organizations, networks, or everyone. With <c>actions</c>
/// only what the patterns match counts, with <c>trusted</c> the accounts that it lists may get in. Evidence: the statement and its principal.
/// </summary>
internal sealed class PolicyGrantsCrossAccount(YamlMap arguments) : PolicyFunction(arguments)
{
    private readonly PatternSet? _actions = ActionsOf(arguments);
    private readonly HashSet<string> _trusted = new(arguments.Texts("trusted"), StringComparer.Ordinal);

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var exposure = ResourcePolicy.ExposureOf(policy, owner with { TrustedAccounts = _trusted }, TargetOf(subject, _actions));
        return Answer(exposure.Reach != Reach.Own ? true : exposure.IsUndecided ? null : false, !explain ? null
            : exposure.Reach != Reach.Own ? exposure.Describe()
            : "no statement lets another account in", exposure.WhyUndecided);
    }
}
