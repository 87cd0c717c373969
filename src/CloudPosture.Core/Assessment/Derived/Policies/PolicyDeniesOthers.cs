using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policyDeniesOthers</c>, with <c>field</c>: the path of a resource policy. True where statements, together, deny everyone every action on the
/// resource, except the roles, users and services that their conditions name; an exception of everybody (<c>*</c>), of a whole account or organization
/// and any other condition make it no such statement.
/// Evidence: the statements.
/// </summary>
internal sealed class PolicyDeniesOthers(YamlMap arguments) : PolicyFunction(arguments)
{
    private const int LeastPrefix = 12;
    private const string Service = "secretsmanager";
    private static readonly string[] Operators = ["stringnotequals", "stringnotlike", "arnnotequals", "arnnotlike", "stringnotequalsignorecase"];
    private static readonly string[] Keys = ["aws:principalarn", "aws:principalservicename"];

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var arn = subject.Resource.Arn;
        var denies = policy.Denies.Where(deny => DeniesOthers(deny) && deny.ResourcePatterns(NoVariables.Instance, wanted: false).Matches(arn)).ToList();
        var isDenied = KnownActions.Of(Service).All(action => denies.Exists(deny => deny.IsAboutAction(action)));
        return DerivedValue.Of(isDenied, !explain ? null
            : !isDenied ? "no statement denies everyone but named principals"
            : $"{string.Join(" and ", denies.Select(deny => deny.Label))} {(denies.Count > 1 ? "deny everyone but the principals that they name" : "denies everyone but the principals that it names")}");
    }

    private static bool DeniesOthers(Statement statement) =>
        !statement.ExceptsPrincipals && !statement.ExceptsResources
        && statement.Principals.Any(principal => principal.Kind == PrincipalKind.Everyone)
        && statement.Conditions.Count > 0
        && statement.Conditions.Any(condition => condition.Key == Keys[0])
        && statement.Conditions.All(NamesPrincipals);

    // All conditions must hold: Null beside them leaves the Deny to requests without the keys, and there are none of those.
    private static bool NamesPrincipals(PolicyCondition condition) =>
        Keys.Contains(condition.Key) && Operators.Contains(condition.Operator) && condition.Values.All(value => IsNarrow(value.ToString()!));

    private static bool IsNarrow(string value)
    {
        // A role of that name is soon made in another account.
        if (Arn.Parts(value) is not null && Arn.AccountOf(value) is null)
        {
            return false;
        }

        var name = value.Substring(value.IndexOf('/') + 1);
        var star = name.IndexOfAny(['*', '?']);
        return star < 0 || (value.IndexOf('/') >= 0 && star >= LeastPrefix);
    }
}
