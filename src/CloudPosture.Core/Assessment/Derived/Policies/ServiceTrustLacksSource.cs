using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>serviceTrustLacksSource</c>, without arguments: true where a role's trust policy lets an AWS service assume it and no condition says for
/// which resource, account or organization the service has to act (the cross-service confused deputy). Evidence: the statement.
/// </summary>
internal sealed class ServiceTrustLacksSource() : PolicyFunction(TrustIsPublic.Field)
{
    private static readonly string[] SourceKeys = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"];

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var statement = policy.Statements.FirstOrDefault(candidate => candidate.IsAllow
            && candidate.Principals.Any(principal => principal.Kind == PrincipalKind.Service)
            && !candidate.Conditions.Any(NamesSource));
        return DerivedValue.Of(statement is not null, !explain ? null
            : statement is null ? "every statement for a service names the source"
            : $"{statement.Label} lets a service assume the role for anyone");
    }

    private static bool NamesSource(PolicyCondition condition) =>
        Array.IndexOf(SourceKeys, condition.Key) >= 0 && !condition.HoldsWhenAbsent && condition.Values.All(value => value.ToString()!.Trim('*').Length > 0);
}
