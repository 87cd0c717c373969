using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>Evaluates one concrete request by a policy, as AWS's evaluation logic is written down: plainly, and apart from the product's code.</summary>
internal static class NaiveSimulator
{
    public static bool IsAllowed(JsonElement policy, SimulatedRequest request)
    {
        var statements = policy.GetProperty("Statement").EnumerateArray().Where(statement => Applies(statement, request)).ToList();
        return statements.Exists(statement => Effect(statement) == "Allow") && !statements.Exists(statement => Effect(statement) == "Deny");
    }

    public static bool IsDenied(JsonElement policy, SimulatedRequest request) =>
        policy.GetProperty("Statement").EnumerateArray().Any(statement => Effect(statement) == "Deny" && Applies(statement, request));

    private static string Effect(JsonElement statement) => statement.GetProperty("Effect").GetString()!;

    private static bool Applies(JsonElement statement, SimulatedRequest request) =>
        Meets(statement, "Principal", principal => principal == "*" || principal == request.Account)
        && Meets(statement, "Action", action => Like(action, request.Action, RegexOptions.IgnoreCase))
        && Meets(statement, "Resource", resource => Like(resource, request.Resource))
        && Conditions(statement).All(condition => Holds(condition.Operator, condition.Values, condition.Key, request));

    private static bool Meets(JsonElement statement, string name, Func<string, bool> matches) =>
        statement.TryGetProperty(name, out var member) ? Texts(member).Any(matches)
        : !statement.TryGetProperty("Not" + name, out var excepted) || !Texts(excepted).Any(matches);

    private static IEnumerable<(string Operator, string Key, List<string> Values)> Conditions(JsonElement statement) =>
        !statement.TryGetProperty("Condition", out var condition) ? [] :
            from test in condition.EnumerateObject()
            from key in test.Value.EnumerateObject()
            select (test.Name, key.Name, Texts(key.Value).ToList());

    private static bool Holds(string written, List<string> values, string key, SimulatedRequest request)
    {
        var value = request.Context.FirstOrDefault(pair => string.Equals(pair.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
        if (written == "Null")
        {
            return values.Contains(value is null ? "true" : "false");
        }

        var name = written.Replace("ForAllValues:", "").Replace("ForAnyValue:", "").Replace("IfExists", "");
        if (value is null)
        {
            return written.StartsWith("ForAllValues:", StringComparison.Ordinal) || written.EndsWith("IfExists", StringComparison.Ordinal)
                || (name.Contains("Not", StringComparison.Ordinal) && !written.StartsWith("ForAnyValue:", StringComparison.Ordinal));
        }

        return name switch
        {
            "StringEquals" => values.Contains(value),
            "StringNotEquals" => !values.Contains(value),
            "StringLike" => values.Exists(pattern => Like(pattern, value)),
            "StringNotLike" => !values.Exists(pattern => Like(pattern, value)),
            "Bool" => values.Exists(other => string.Equals(other, value, StringComparison.OrdinalIgnoreCase)),
            _ => throw new ArgumentOutOfRangeException(nameof(written), written, "The simulator does not know the operator."),
        };
    }

    private static bool Like(string pattern, string text, RegexOptions options = RegexOptions.None) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "\\z", options | RegexOptions.Singleline);

    private static IEnumerable<string> Texts(JsonElement member) =>
        member.ValueKind == JsonValueKind.Object ? member.EnumerateObject().SelectMany(kind => Texts(kind.Value))
        : member.ValueKind == JsonValueKind.Array ? member.EnumerateArray().Select(item => item.GetString()!) : [member.GetString()!];
}
