using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.Auth;

/// <summary>Decides whether a role's trust policy lets someone in: what STS does, as far as the sandbox's organization needs it.</summary>
internal static class TrustPolicy
{
    /// <summary>Evaluates a trust policy.</summary>
    /// <param name="document">The policy as JSON text.</param>
    /// <param name="action">sts:AssumeRole or a sibling.</param>
    /// <param name="principals">How the caller may be named: kind (AWS, Federated) and value.</param>
    /// <param name="context">The condition keys of the request, in lower case.</param>
    public static bool Allows(string document, string action, IReadOnlyList<(string Kind, string Value)> principals, IReadOnlyDictionary<string, string> context)
    {
        var statements = Items(JsonNode.Parse(document)?["Statement"])
            .OfType<JsonObject>()
            .Where(statement => PolicyMatch.AnyMatches(statement["Action"], action) && Names(statement["Principal"], principals) && Holds(statement["Condition"], context))
            .ToList();
        return statements.Exists(statement => IsEffect(statement, "Allow")) && !statements.Exists(statement => IsEffect(statement, "Deny"));
    }

    private static bool IsEffect(JsonObject statement, string effect) => (string?)statement["Effect"] == effect;

    private static bool Names(JsonNode? node, IReadOnlyList<(string Kind, string Value)> principals) => node switch
    {
        JsonValue value => value.GetValue<string>() == "*",
        JsonObject map => principals.Any(principal => Items(map[principal.Kind]).Any(item => (string?)item is { } text && (text == "*" || text == principal.Value))),
        _ => false,
    };

    private static bool Holds(JsonNode? condition, IReadOnlyDictionary<string, string> context) =>
        condition is not JsonObject tests || tests.All(test => test.Value is JsonObject keys && keys.All(key => Holds(test.Key, key.Key, key.Value, context)));

    private static bool Holds(string test, string key, JsonNode? wanted, IReadOnlyDictionary<string, string> context)
    {
        var ifExists = test.EndsWith("IfExists", StringComparison.Ordinal);
        var name = ifExists ? test[..^"IfExists".Length] : test;
        if (!context.TryGetValue(key.ToLowerInvariant(), out var actual))
        {
            return ifExists || name.Contains("Not", StringComparison.Ordinal);
        }

        var texts = Items(wanted).Select(item => item!.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : item.ToJsonString()).ToList();
        return name switch
        {
            "StringEquals" or "ArnEquals" => texts.Contains(actual, StringComparer.Ordinal),
            "StringNotEquals" or "ArnNotEquals" => !texts.Contains(actual, StringComparer.Ordinal),
            "StringLike" or "ArnLike" => texts.Exists(text => PolicyMatch.Like(text, actual, ignoreCase: false)),
            "StringNotLike" or "ArnNotLike" => !texts.Exists(text => PolicyMatch.Like(text, actual, ignoreCase: false)),
            "Bool" => texts.Contains(actual, StringComparer.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static JsonNode?[] Items(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array],
        _ => [node],
    };
}
