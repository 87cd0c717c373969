using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>trusts</c>, with <c>kinds</c>: sorts of principals (Everyone, Aws, Service, Federated, CanonicalUser). True where an Allow of a
/// role's trust policy names one of them, with or without a condition. Evidence: the statement and the principal.
/// </summary>
internal sealed class Trusts : PolicyFunction
{
    private readonly PrincipalKind[] _kinds;

    public Trusts(YamlMap arguments)
        : base(TrustIsPublic.Field)
    {
        arguments.RequiredNode("kinds");
        _kinds = [.. arguments.Texts("kinds").Select(name => Enum.TryParse<PrincipalKind>(name, out var kind)
            ? kind
            : throw arguments.Error($"there is no kind of principal '{name}'. There are: {string.Join(", ", Enum.GetNames(typeof(PrincipalKind)))}."))];
    }

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        var statement = policy.Statements.FirstOrDefault(candidate => candidate.IsAllow && Named(candidate) is not null);
        return DerivedValue.Of(statement is not null, !explain ? null
            : statement is null ? $"no statement trusts {string.Join(" or ", _kinds)}"
            : $"{statement.Label} trusts {Named(statement)!.Value}");
    }

    private Principal? Named(Statement statement) => statement.Principals.FirstOrDefault(principal => Array.IndexOf(_kinds, principal.Kind) >= 0);
}
