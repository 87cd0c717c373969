using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.Auth;

/// <summary>The wildcards of policies.</summary>
internal static class PolicyMatch
{
    // Policies are asked with every call and hardly ever change: parsed once for as long as the text lives.
    private static readonly ConditionalWeakTable<string, JsonObject[]> Parsed = [];

    public static bool AnyMatches(JsonNode? patterns, string text) => patterns switch
    {
        JsonArray array => array.Any(item => AnyMatches(item, text)),
        JsonValue value => Like(value.GetValue<string>(), text, ignoreCase: true),
        _ => false,
    };

    /// <summary>The statements of a policy.</summary>
    public static IReadOnlyList<JsonObject> Statements(string document) => Parsed.GetValue(document, Parse);

    /// <summary>The actions that a policy allows, with their wildcards.</summary>
    public static IEnumerable<string> AllowedActions(string document) => Statements(document)
        .Where(statement => (string?)statement["Effect"] == "Allow")
        .SelectMany(statement => statement["Action"] is JsonArray array ? array.Select(item => (string)item!) : [(string)statement["Action"]!]);

    public static bool Like(string pattern, string text, bool ignoreCase) => FileSystemName.MatchesSimpleExpression(
        pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase);

    private static JsonObject[] Parse(string document)
    {
        var statement = JsonNode.Parse(document)?["Statement"];
        return [.. (statement is JsonArray array ? [.. array] : new[] { statement }).OfType<JsonObject>()];
    }
}
