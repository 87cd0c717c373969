using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>regionsDeniedForAll</c>, of an organization, with <c>regions</c>, patterns of those that may be used: whether service control policies keep
/// every active account but the management account to them. A statement does where it denies everything, or everything but some actions, outside
/// of Regions that are all among them, for everybody but the principals that it names; and a level does that allows nothing but in such Regions.
/// </summary>
internal sealed class RegionsDeniedForAll(YamlMap arguments) : OrganizationFunction(["SERVICE_CONTROL_POLICY"])
{
    private const string Region = "aws:requestedregion";
    private const string OfPrincipals = "aws:principal";
    private static readonly string[] Excluding = ["stringnotequals", "stringnotequalsignorecase", "stringnotlike"];
    private static readonly string[] Including = ["stringequals", "stringequalsignorecase", "stringlike"];

    // True for what AWS does on behalf of a principal, which is not what keeps people to Regions.
    private static readonly string[] OfServices = ["aws:viaawsservice", "aws:principalisawsservice"];
    private readonly IReadOnlyList<Wildcard> _regions = [.. arguments.Texts("regions").Select(region => new Wildcard(region, ignoreCase: true))];

    protected override bool BindsManagement => false;

    protected override string Doubt => "a control policy cannot be understood that reaches";

    protected override bool? Holds(IReadOnlyList<IReadOnlyList<Resource>> levels)
    {
        var read = levels.Select(level => level.Select(policy => policy.Configuration.Member("Content") is { } content ? PolicyDocument.Parse(content) : null).ToList()).ToList();
        return read.Exists(level => level.Exists(document => document?.Denies.Any(Denies) == true) || AllowsOnlyThere(level)) ? true
            : read.Exists(level => level.Contains(null)) ? null
            : false;
    }

    private bool AllowsOnlyThere(List<PolicyDocument?> level)
    {
        var allows = level.SelectMany(document => document?.Allows ?? []).ToList();
        return allows.Count > 0 && !level.Contains(null) && allows.TrueForAll(allow => allow.Conditions.Any(condition => IsOfRegions(condition, Including)));
    }

    private bool Denies(Statement deny) =>
        IsEverything(deny.Resources) && !deny.ExceptsResources
        && IsEverything(deny.Actions) != deny.ExceptsActions
        && deny.Conditions.Any(condition => IsOfRegions(condition, Excluding))
        && deny.Conditions.All(condition => IsOfRegions(condition, Excluding) || ExceptsPrincipals(condition));

    private static bool IsEverything(IReadOnlyList<TextPattern> patterns) => patterns.Any(pattern => pattern.Text is "*" or "*:*");

    private bool IsOfRegions(PolicyCondition condition, string[] operators) =>
        condition.Key == Region && operators.Contains(condition.Operator)
        && condition.Values.Count > 0
        && condition.Values.All(value => !value.HasVariables && !(condition.Kind == OperatorKind.Pattern && IsAny(value.Text)) && _regions.Any(region => region.Matches(value.Text)));

    private static bool ExceptsPrincipals(PolicyCondition condition) => OfServices.Contains(condition.Key)
        ? condition is { Operator: "bool" } && condition.Values.All(value => value.Text.Equals("false", StringComparison.OrdinalIgnoreCase))
        : condition.IsNegated && condition.Key.StartsWith(OfPrincipals, StringComparison.Ordinal)
            && condition.Values.All(value => !IsAny(value.Text.Substring(value.Text.LastIndexOf('/') + 1)));

    private static bool IsAny(string pattern) => pattern.Trim('*').Length == 0;
}
