using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPosture.Delegation;

/// <summary>
/// Shows what a policy template comes to, before anything is sent: <c>@{name}</c> stands for a parameter's value. AWS renders the
/// registered template itself; this needs the sender's copy.
/// </summary>
public static class DelegationTemplate
{
    /// <summary>The longest policy that AWS accepts, in characters without white space ("Policy templates", IAM User Guide).</summary>
    public const int LongestPolicy = 2048;

    private static readonly Regex Placeholder = new(@"@\{(?<name>[^{}]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fills the parameters in.</summary>
    /// <param name="template">The template, a policy as JSON.</param>
    /// <param name="parameters">The parameters; one that is a list fills a text of its own with a list.</param>
    /// <returns>The policy as JSON.</returns>
    /// <exception cref="DelegationException">The template is no policy, lacks a parameter, or comes to more than AWS accepts.</exception>
    public static string Render(string template, IReadOnlyList<DelegationParameter> parameters)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(template);
        }
        catch (JsonException problem)
        {
            throw new DelegationException(DelegationError.Invalid, $"The policy template is not JSON: line {problem.LineNumber + 1} is not as it should be.", problem);
        }

        var policy = Fill(root, parameters)?.ToJsonString(Compact) ?? "";
        return policy.Length <= LongestPolicy
            ? policy
            : throw new DelegationException(DelegationError.Invalid, $"The policy template comes to {policy.Length:N0} characters, and AWS accepts {LongestPolicy:N0}: shorten the parameters' values, or the template.");
    }

    private static JsonNode? Fill(JsonNode? node, IReadOnlyList<DelegationParameter> parameters) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, Fill(member.Value, parameters)))),
        JsonArray list => new JsonArray([.. list.Select(item => Fill(item, parameters))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Fill(text, parameters),
        _ => node?.DeepClone(),
    };

    private static JsonNode Fill(string text, IReadOnlyList<DelegationParameter> parameters)
    {
        if (Placeholder.Match(text) is { Success: true } whole && whole.Length == text.Length && Find(whole, parameters) is { IsList: true } list)
        {
            return new JsonArray([.. list.Values.Select(value => (JsonNode)value)]);
        }

        return Placeholder.Replace(text, match => Find(match, parameters) is { IsList: false } single
            ? single.Values[0]
            : throw new DelegationException(DelegationError.Invalid, $"The policy template has the list '{match.Groups["name"].Value}' in the middle of a text: only a text of its own can become a list."));
    }

    private static DelegationParameter Find(Match placeholder, IReadOnlyList<DelegationParameter> parameters)
    {
        var name = placeholder.Groups["name"].Value.Trim();
        return parameters.FirstOrDefault(parameter => parameter.Name == name)
            ?? throw new DelegationException(DelegationError.Invalid, $"The policy template needs the parameter '{name}', and none of this name is given.");
    }
}
