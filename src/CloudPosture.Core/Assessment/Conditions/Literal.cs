using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Conditions;

/// <summary>A value written in a rule. AWS sends some numbers and truth values as text, so their text counts as equal.</summary>
internal sealed class Literal
{
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
            _number = double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }

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
