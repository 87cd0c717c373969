using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPosture.Sandbox.Auth;

/// <summary>The wildcards of policies.</summary>
internal static class PolicyMatch
{
    public static bool AnyMatches(JsonNode? patterns, string text) => patterns switch
    {
        JsonArray array => array.Any(item => AnyMatches(item, text)),
        JsonValue value => Like(value.GetValue<string>(), text, ignoreCase: true),
        _ => false,
    };

    /// <summary>The statements of a policy.</summary>
    public static IEnumerable<JsonObject> Statements(string document) =>
        (JsonNode.Parse(document)?["Statement"] is JsonArray array ? array.ToArray() : [JsonNode.Parse(document)?["Statement"]]).OfType<JsonObject>();

    /// <summary>The actions that a policy allows, with their wildcards.</summary>
    public static IEnumerable<string> AllowedActions(string document) => Statements(document)
        .Where(statement => (string?)statement["Effect"] == "Allow")
        .SelectMany(statement => statement["Action"] is JsonArray array ? array.Select(item => (string)item!) : [(string)statement["Action"]!]);

    public static bool Like(string pattern, string text, bool ignoreCase) => Regex.IsMatch(
        text,
        "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
}
