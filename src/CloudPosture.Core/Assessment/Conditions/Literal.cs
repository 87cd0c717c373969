using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Conditions;

/// <summary>A value written in a rule. AWS sends some numbers and truth values as text, so their text counts as equal.</summary>
internal sealed class Literal
{
    // YAML 1.1's, and the writings of true and false that are not ours. ON, OFF, YES and NO in capitals are values of AWS's own.
    private static readonly HashSet<string> TruthValues = new(StringComparer.Ordinal)
    {
        "yes", "Yes", "no", "No", "on", "On", "off", "Off", "True", "TRUE", "False", "FALSE",
    };

    private static readonly Regex NumberForm = new(@"^[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant);

    private readonly string _text;
    private readonly byte[] _utf8;
    private readonly double? _number;
    private readonly bool? _flag;

    public Literal(YamlScalarNode node)
    {
        _text = node.Value ?? "";
        _utf8 = Encoding.UTF8.GetBytes(_text);
        if (node.Style == ScalarStyle.Plain)
        {
            _flag = _text switch { "true" => true, "false" => false, _ => null };
            _number = FiniteNumber.TryParse(_text, out var number) ? number : null;
        }
    }

    /// <summary>What somebody who writes a value may mean otherwise than it is read; null where that is clear.</summary>
    public static string? Doubt(YamlScalarNode node) => node is not { Style: ScalarStyle.Plain, Value: { } text } ? null
        : TruthValues.Contains(text) ? $"'{text}' is a truth value to some readers of YAML and a text to others: write true or false, or quote it"
        : IsBeyondNumbers(text) ? $"'{text}' is larger than any number: write a smaller one, or quote it"
        : null;

    private static bool IsBeyondNumbers(string text) =>
        NumberForm.IsMatch(text) && !FiniteNumber.TryParse(text, out _);

    public bool Equals(in FieldValue value) => value.Json.ValueKind switch
    {
        JsonValueKind.True => _flag == true,
        JsonValueKind.False => _flag == false,
        JsonValueKind.Number => _number is { } number && value.Json.GetDouble().Equals(number),
        _ => value.TextEquals(_text, _utf8),
    };

    /// <summary>Whether an array has an element equal to this, or a text holds it.</summary>
    public bool IsIn(in FieldValue value)
    {
        if (!value.IsArray)
        {
            return value.Text is { } text && text.IndexOf(_text, System.StringComparison.Ordinal) >= 0;
        }

        foreach (var element in value.Json.EnumerateArray())
        {
            if (Equals(new FieldValue(element)))
            {
                return true;
            }
        }

        return false;
    }
}
