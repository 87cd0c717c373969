using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPosture.Onboarding.Templates;

/// <summary>
/// The JSON object of an operation's input, in place of options: nothing in it is followed as an address, and, written in
/// ASCII, it can pass any shell. Options that stand beside it go before it.
/// </summary>
internal static class ScriptInput
{
    private const string PlainSigns = " \"\\{}[]:,._-+/=@*;#$";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>One option that stands for others.</summary>
    public static ScriptArgument Of(IEnumerable<ScriptArgument> arguments) =>
        ScriptArgument.Json("--cli-input-json", new JsonObject(arguments.Select(argument => new KeyValuePair<string, JsonNode?>(Member(argument.Option), Value(argument)))).ToJsonString());

    /// <summary>JSON in lines, where no character but the quotes around texts means anything to a shell.</summary>
    public static IEnumerable<string> Lines(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. JsonSerializer.Serialize(document.RootElement, Indented)
            .Split('\n')
            .Select(line => string.Concat(line.TrimEnd('\r').Select(Plain)))];
    }

    // Other signs stand in texts alone, where each can be escaped.
    private static string Plain(char character) => char.IsLetterOrDigit(character) || PlainSigns.IndexOf(character) >= 0
        ? character.ToString()
        : "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture);

    private static string Member(string option) =>
        string.Concat(option.Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static JsonNode? Value(ScriptArgument argument) => argument switch
    {
        { IsDocument: true } => Minified(argument.Value),
        { IsJson: true } => JsonNode.Parse(argument.Value),
        { IsNumber: true } => int.Parse(argument.Value, CultureInfo.InvariantCulture),
        _ => argument.Value,
    };

    private static string Minified(string json) => JsonNode.Parse(json)!.ToJsonString();
}
