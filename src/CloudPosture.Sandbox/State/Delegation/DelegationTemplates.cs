using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.Delegation;

/// <summary>The policy templates that providers have registered, and what they come to.</summary>
internal sealed partial class DelegationTemplates
{
    private const int LongestPolicy = 2048;
    private readonly ConcurrentDictionary<string, (string Text, IReadOnlyList<string> Boundaries)> _templates = new(StringComparer.Ordinal);

    public void Register(string arn, string text, IReadOnlyList<string> boundaries) => _templates[arn] = (text, boundaries);

    /// <summary>Renders a template; each role made under it must carry one of the boundaries.</summary>
    public (string Policy, IReadOnlyList<string> Boundaries) Render(JsonNode permissions)
    {
        if (!_templates.TryGetValue((string?)permissions["PolicyTemplateArn"] ?? "", out var template))
        {
            throw Invalid("The policy template does not exist.");
        }

        var parameters = (permissions["Parameters"]?.AsArray() ?? []).ToDictionary(parameter => (string)parameter!["Name"]!, parameter => parameter!, StringComparer.Ordinal);
        var policy = Fill(JsonNode.Parse(template.Text)!, parameters).ToJsonString();
        return policy.Length <= LongestPolicy ? (policy, template.Boundaries) : throw Invalid("The rendered policy exceeds the limit of 2048 characters.");
    }

    private static JsonNode Fill(JsonNode node, Dictionary<string, JsonNode> parameters) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Fill(member.Value!, parameters)))),
        JsonArray list => Json.List(list.Select(item => Fill(item!, parameters))),
        JsonValue value when value.TryGetValue<string>(out var text) => Fill(text, parameters),
        _ => node.DeepClone(),
    };

    private static JsonNode Fill(string text, Dictionary<string, JsonNode> parameters)
    {
        if (Placeholder().Match(text) is { Success: true } whole && whole.Length == text.Length && (string?)Find(whole)["Type"] == "stringList")
        {
            return Find(whole)["Values"]!.DeepClone();
        }

        return Placeholder().Replace(text, match => (string)Find(match)["Values"]![0]!);

        JsonNode Find(Match match) => parameters.GetValueOrDefault(match.Groups[1].Value) ?? throw Invalid($"The parameter {match.Groups[1].Value} is missing.");
    }

    private static AwsError Invalid(string message) => new("InvalidInput", message);

    [GeneratedRegex(@"@\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}
