using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Writes JSON as the YAML that people write by hand, with CloudFormation's short forms of its functions.</summary>
internal static class Yaml
{
    private static readonly Regex Plain = new(@"^[A-Za-z/][A-Za-z0-9 _.,/()-]*(?::{1,2}[A-Za-z0-9_./*-]+)*\z", RegexOptions.CultureInvariant);
    private static readonly Regex Reserved = new(@"^(true|false|yes|no|on|off|y|n|null)\z| \z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex Pair = new(@"(?<before>(?<!\\)(\\\\)*)\\u(?<high>D[89AB][0-9A-F]{2})\\u(?<low>D[C-F][0-9A-F]{2})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject root)
    {
        var text = new StringBuilder();
        WriteMap(text, root, 0);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, JsonObject map, int depth, bool inline = false)
    {
        foreach (var (key, value) in map.Select(member => (member.Key, member.Value)))
        {
            text.Append(inline ? "" : new string(' ', depth)).Append(Text(key)).Append(':');
            inline = false;
            WriteValue(text, value, depth);
        }
    }

    private static void WriteList(StringBuilder text, JsonArray list, int depth)
    {
        foreach (var item in list)
        {
            text.Append(' ', depth).Append('-');
            if (item is JsonObject map && map.Count > 0 && Function(map) is null)
            {
                text.Append(' ');
                WriteMap(text, map, depth + 2, inline: true);
            }
            else
            {
                WriteValue(text, item, depth);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject map when Function(map) is { } function:
                text.Append(' ').Append(function).Append('\n');
                break;
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                WriteMap(text, map, depth + 2);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                WriteList(text, list, depth + 2);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static string? Function(JsonObject map) => map.Count != 1 ? null : map.First() switch
    {
        { Key: "Ref", Value: JsonValue name } => "!Ref " + Scalar(name),
        { Key: "Fn::Sub", Value: JsonValue text } => "!Sub " + Scalar(text),
        { Key: "Fn::GetAtt", Value: JsonArray path } => "!GetAtt " + string.Join(".", path),
        { Key: "Fn::Equals", Value: JsonArray sides } => $"!Equals [{string.Join(", ", sides.Select(side => side is JsonObject inner ? Function(inner) : Scalar(side)))}]",
        _ => null,
    };

    private static string Scalar(JsonNode? value) =>
        value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? Text(text) : value?.ToJsonString() ?? "null";

    /// <summary>A JSON string is also a YAML string, but for pairs of escapes: YAML escapes code points. So anything that might be read otherwise is written as one.</summary>
    private static string Text(string text) => Plain.IsMatch(text) && !Reserved.IsMatch(text)
        ? text
        : Pair.Replace(JsonSerializer.Serialize(text, Relaxed), pair => pair.Groups["before"].Value + "\\U" + CodePoint(pair).ToString("X8", CultureInfo.InvariantCulture));

    private static int CodePoint(Match pair) => char.ConvertToUtf32(Unit(pair.Groups["high"].Value), Unit(pair.Groups["low"].Value));

    private static char Unit(string digits) => (char)int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
