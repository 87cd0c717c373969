using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>
/// Evaluates one concrete request by a policy as the IAM User Guide writes its logic down: explicit Deny, else Allow; operators with
/// IfExists and the two quantifiers, Null, variables, ARNs part by part, networks. It shares no code with the product.
/// </summary>
internal static class WideSimulator
{
    public static bool IsAllowed(JsonElement policy, WideRequest request) =>
        Any(policy, "Allow", request) && !Any(policy, "Deny", request);

    public static bool IsDenied(JsonElement policy, WideRequest request) => Any(policy, "Deny", request);

    private static bool Any(JsonElement policy, string effect, WideRequest request) =>
        policy.GetProperty("Statement").EnumerateArray().Any(statement => statement.GetProperty("Effect").GetString() == effect && Applies(statement, request));

    private static bool Applies(JsonElement statement, WideRequest request) =>
        Meets(statement, "Principal", principal => IsMeant(principal, request))
        && Meets(statement, "Action", action => Like(action, request.Action, request, ignoreCase: true))
        && Meets(statement, "Resource", resource => Like(resource, request.Resource, request))
        && Tests(statement).All(test => Holds(test.Operator, test.Key, test.Values, request));

    private static bool IsMeant(string principal, WideRequest request) =>
        principal == "*"
        || (request.Service is { } service ? principal == service : principal == request.Account || principal == $"arn:aws:iam::{request.Account}:root");

    private static bool Meets(JsonElement statement, string name, Func<string, bool> matches) =>
        statement.TryGetProperty(name, out var member) ? Texts(member).Any(matches) : !Texts(statement.GetProperty("Not" + name)).Any(matches);

    private static IEnumerable<(string Operator, string Key, List<string> Values)> Tests(JsonElement statement) =>
        !statement.TryGetProperty("Condition", out var condition) ? [] :
            from test in condition.EnumerateObject()
            from key in test.Value.EnumerateObject()
            select (test.Name, key.Name, Texts(key.Value).ToList());

    private static bool Holds(string written, string key, List<string> wanted, WideRequest request)
    {
        var values = request.Values(key);
        var (quantifier, name) = written.Split(':') is [var before, var after] ? (before.ToLowerInvariant(), after) : ("", written);
        name = name.ToLowerInvariant();
        if (name == "null")
        {
            return wanted.Exists(value => string.Equals(value, values is null ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        }

        var isIfExists = name.EndsWith("ifexists", StringComparison.Ordinal);
        name = isIfExists ? name[..^"ifexists".Length] : name;
        var isNegated = name.Contains("not", StringComparison.Ordinal);
        if (values is null)
        {
            return isIfExists || quantifier == "forallvalues" || (isNegated && quantifier != "foranyvalue");
        }

        bool Is(string value) => wanted.Exists(pattern => Compare(name.Replace("not", "", StringComparison.Ordinal), pattern, value, request)) != isNegated;
        return quantifier switch
        {
            "forallvalues" => values.All(Is),
            "foranyvalue" => values.Any(Is),
            _ => Is(values.Single()),
        };
    }

    private static bool Compare(string name, string pattern, string value, WideRequest request) => name switch
    {
        "stringequals" => string.Equals(Plain(pattern, request), value, StringComparison.Ordinal),
        "stringequalsignorecase" => string.Equals(Plain(pattern, request), value, StringComparison.OrdinalIgnoreCase),
        "stringlike" => Like(pattern, value, request),
        "arnlike" or "arnequals" => LikeArn(pattern, value, request),
        "bool" => string.Equals(pattern, value, StringComparison.OrdinalIgnoreCase),
        "ipaddress" => IPNetwork.Parse(pattern).Contains(IPAddress.Parse(value)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The simulator does not know the operator."),
    };

    private static bool LikeArn(string pattern, string arn, WideRequest request)
    {
        // A variable's own colon separates nothing.
        var (wanted, given) = (new Regex(@":(?![^{}]*\})").Split(pattern, 6), arn.Split(':', 6));
        return wanted.Length == 6 && given.Length == 6 && wanted.Zip(given).All(part => Like(part.First, part.Second, request));
    }

    private static bool Like(string pattern, string text, WideRequest request, bool ignoreCase = false) =>
        Regex.IsMatch(
            text,
            "^" + string.Concat(Regex.Split(pattern, @"(\$\{[^}]+\})").Select(part => part.StartsWith("${", StringComparison.Ordinal) ? Regex.Escape(Plain(part, request)!) : Regex.Escape(part).Replace("\\*", ".*").Replace("\\?", "."))) + "\\z",
            RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    /// <summary>A text with its variables filled in; those that the worlds use are in every request.</summary>
    private static string? Plain(string text, WideRequest request) => Regex.Replace(text, @"\$\{([^}]+)\}", variable => request.Values(variable.Groups[1].Value)!.Single());

    private static IEnumerable<string> Texts(JsonElement member) => member.ValueKind switch
    {
        JsonValueKind.Object => member.EnumerateObject().SelectMany(kind => Texts(kind.Value)),
        JsonValueKind.Array => member.EnumerateArray().Select(item => item.GetString()!),
        _ => [member.GetString()!],
    };
}
