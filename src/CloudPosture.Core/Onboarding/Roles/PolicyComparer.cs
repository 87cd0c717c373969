using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Tells whether two policy documents say the same: the order of lists and keys, and a list of one, make no difference.</summary>
internal static class PolicyComparer
{
    public static bool Same(JsonNode? one, JsonNode? other) => Canonical(Parsed(one)) == Canonical(Parsed(other));

    /// <summary>A document may come as JSON or as text that holds it.</summary>
    private static JsonNode? Parsed(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith("{", StringComparison.Ordinal) ? JsonNode.Parse(text) : node;

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonArray { Count: 1 } single => Canonical(single[0]),
        JsonArray list => "[" + string.Join(",", list.Select(Canonical).OrderBy(item => item, StringComparer.Ordinal)) + "]",
        JsonObject map => "{" + string.Join(",", map.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Canonical(member.Value)}")) + "}",
        _ => node?.ToJsonString() ?? "null",
    };
}
