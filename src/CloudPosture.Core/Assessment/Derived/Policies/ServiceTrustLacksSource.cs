using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>serviceTrustLacksSource</c>: true where a role's trust policy lets an AWS service assume it and no condition says for which resource,
/// account or organization the service has to act (the cross-service confused deputy). With <c>account</c> the condition has to leave no account
/// open: an ARN without one, such as a bucket's, or with a wildcard in its place can be another customer's. Evidence: the statement.
/// </summary>
internal sealed class ServiceTrustLacksSource(YamlMap arguments) : PolicyFunction(TrustIsPublic.Field)
{
    private const int PlaceOfAccount = 4;
    private const string SourceArn = "aws:sourcearn";
    private const string SourceAccount = "aws:sourceaccount";
    private static readonly string[] SourceKeys = [SourceArn, SourceAccount, "aws:sourceorgid", "aws:sourceorgpaths"];
    private readonly bool _isAccountNamed = arguments.Flag("account");

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var statement = policy.Statements.FirstOrDefault(candidate => candidate.IsAllow
            && candidate.Principals.Any(principal => principal.Kind == PrincipalKind.Service)
            && !candidate.Conditions.Any(condition => NamesSource(condition) && (!_isAccountNamed || condition.Values.All(value => NamesAccount(condition.Key, value.Text)))));
        return DerivedValue.Of(statement is not null, !explain ? null
            : statement is null ? "every statement for a service names the source"
            : _isAccountNamed ? $"{statement.Label} lets a service assume the role for a source in any account"
            : $"{statement.Label} lets a service assume the role for anyone");
    }

    private static bool NamesSource(PolicyCondition condition) =>
        Array.IndexOf(SourceKeys, condition.Key) >= 0
        && !condition.HoldsWhenAbsent
        && condition.Kind != OperatorKind.Absence
        && condition.Values.All(value => value.Text.Trim('*').Length > 0);

    private static bool NamesAccount(string key, string value) => key switch
    {
        SourceAccount => AccountIds.IsValid(value),
        SourceArn => value.Split(':') is { Length: > PlaceOfAccount } parts && AccountIds.IsValid(parts[PlaceOfAccount]),
        _ => value.StartsWith("o-", StringComparison.Ordinal),
    };
}
