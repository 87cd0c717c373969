using System;
using System.Collections.Generic;
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
/// <c>enclaveAttestation</c>, with <c>field</c>, the path of a key policy, and <c>attestation</c>: whether the policy speaks of the attestation of Nitro
/// Enclaves at all (<c>mentioned</c>, the default), whether a statement asks for a measurement (<c>measured</c>) and any is known (<c>listed</c>), whether
/// the statements together let somebody do what enclaves are kept for with no measurement that the policy names (<c>unasked</c>), or with no attestation
/// at all (<c>bypass</c>), whether one that asks binds no role, instance, signer or account (<c>unbound</c>), and whether one
/// asks for a measurement that is not in <c>known</c>, a list such as <c>PCR0=5f…</c> (<c>unknown</c>). Evidence: the statement.
/// </summary>
internal sealed class EnclaveAttestation : PolicyFunction
{
    private const string Prefix = "kms:recipientattestation:";
    private const string Image = "imagesha384";
    private const string FirstRegister = "pcr0";
    private static readonly string[] Actions = ["kms:decrypt", "kms:derivesharedsecret", "kms:generatedatakey", "kms:generatedatakeypair", "kms:generaterandom"];
    private static readonly string[] Restricting = ["stringequals", "stringequalsignorecase", "stringlike"];
    private static readonly string[] Places = ["pcr3", "pcr4", "pcr8"];
    private static readonly string[] Accounts = ["aws:principalaccount", "aws:sourceaccount", "aws:principalorgid", "aws:principalorgpaths", "aws:resourceaccount"];
    private static readonly PatternSet Sensitivities = new(Actions.Select(action => new Glob(action)));

    // A measurement that no policy names.
    private static readonly string Unnamed = Glob.Of("*").Witness();
    private readonly Func<PolicyDocument, IEnumerable<Statement>>? _find;
    private readonly Func<string, Domain?>? _without;
    private readonly HashSet<string> _known;

    public EnclaveAttestation(YamlMap arguments)
        : base(arguments)
    {
        _known = new HashSet<string>(arguments.Texts("known").Select(value => value.Trim().ToLowerInvariant()), StringComparer.Ordinal);
        (_find, _without) = arguments.Choice<(Func<PolicyDocument, IEnumerable<Statement>>?, Func<string, Domain?>?)>(
            "attestation",
            (Mentioned, null),
            ("mentioned", (Mentioned, null)),
            ("measured", (Asked, null)),
            ("listed", (policy => _known.Count > 0 ? policy.Statements : [], null)),
            ("unasked", (null, WithoutNamed)),
            ("bypass", (null, WithoutAny)),
            ("unbound", (policy => Asked(policy).Where(statement => !IsBound(statement)), null)),
            ("unknown", (policy => Asked(policy).Where(statement => Measurements(statement).Any(measurement => !_known.Contains(measurement))), null)));
    }

    protected override DerivedValue Evaluate(PolicyDocument policy, Owner owner, in Subject subject, bool explain)
    {
        if (_find is not null)
        {
            return Answer(_find(policy).FirstOrDefault(), explain);
        }

        var found = ResourcePolicy.Find(policy, TargetOf(subject, Sensitivities), Reach.Public, allow => Requesters.Admitted(allow, policy.Denies, owner, _without!));
        return found.IsUndecided ? DerivedValue.Unknown(explain ? found.WhyUndecided : null) : Answer(found.Statement, explain);
    }

    private static DerivedValue Answer(Statement? found, bool explain) =>
        DerivedValue.Of(found is not null, !explain ? null : found is null ? "no statement does" : found.Label);

    private static Domain? WithoutAny(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) ? Domain.Absent : null;

    private static Domain? WithoutNamed(string key) => WithoutAny(key) is { } absent ? absent with { Values = [Unnamed] } : null;

    private static IEnumerable<Statement> Mentioned(PolicyDocument policy) => policy.Statements.Where(statement => statement.Conditions.Any(IsAttestation));

    private static IEnumerable<Statement> Asked(PolicyDocument policy) => Sensitive(policy).Where(statement => Bindings(statement).Any());

    private static IEnumerable<Statement> Sensitive(PolicyDocument policy) =>
        policy.Statements.Where(statement => statement.IsAllow && Array.Exists(Actions, statement.IsAboutAction));

    /// <summary>The conditions that no request without a measurement of the named value meets.</summary>
    private static IEnumerable<PolicyCondition> Bindings(Statement statement) => statement.Conditions.Where(condition =>
        IsAttestation(condition)
        && Restricting.Contains(condition.Operator)
        && !condition.IfExists
        && AreFixed(condition)
        && (condition.Quantifier != Quantifier.AllValues || statement.Conditions.Any(guard => guard.Key == condition.Key && IsNull(guard, "false"))));

    private static bool IsAttestation(PolicyCondition condition) => condition.Key.StartsWith(Prefix, StringComparison.Ordinal);

    private static bool AreFixed(PolicyCondition condition) =>
        condition.Values.Count > 0 && condition.Values.All(value => value.Text.IndexOfAny(['*', '?']) < 0);

    private static bool IsNull(PolicyCondition condition, string value) =>
        condition.Operator == "null" && condition.Values.Any(text => string.Equals(text.Text, value, StringComparison.OrdinalIgnoreCase));

    private static bool IsBound(Statement statement) =>
        Bindings(statement).Any(condition => Places.Contains(RegisterOf(condition)))
        || statement.Conditions.Any(condition => Accounts.Contains(condition.Key)
            && condition.Quantifier == Quantifier.None && !condition.IfExists
            && condition.Operator is "stringequals" or "stringequalsignorecase" or "arnequals"
            && AreFixed(condition));

    private static IEnumerable<string> Measurements(Statement statement) =>
        Bindings(statement).SelectMany(condition => condition.Values, (condition, value) => $"{RegisterOf(condition)}={value.Text.ToLowerInvariant()}");

    // The digest of the image is what the first register measures.
    private static string RegisterOf(PolicyCondition condition) => condition.Key.Substring(Prefix.Length) is var name && name == Image ? FirstRegister : name;
}
