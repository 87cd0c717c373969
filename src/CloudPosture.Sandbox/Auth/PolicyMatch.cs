using System;
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

    public static bool Like(string pattern, string text, bool ignoreCase) => Regex.IsMatch(
        text,
        "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
}
