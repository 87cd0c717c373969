using System;
using System.Globalization;
using System.Text.Json;

namespace CloudPosture.Assessment.Conditions;

/// <summary>A field's value: JSON of the configuration, or an attribute of the record such as its Region.</summary>
internal readonly struct FieldValue
{
    private readonly string? _text;

    public FieldValue(JsonElement json) => Json = json;

    public FieldValue(string text) => _text = text;

    /// <summary>The JSON; undefined for an attribute.</summary>
    public JsonElement Json { get; }

    public bool IsArray => Json.ValueKind == JsonValueKind.Array;

    /// <summary>The text, where it is one.</summary>
    public string? Text => _text ?? (Json.ValueKind == JsonValueKind.String ? Json.GetString() : null);

    /// <summary>The same for values that <see cref="ValueEquals"/> finds equal, and for no others; null for what equals nothing.</summary>
    public string? Key => Text is { } text ? "s" + text : Json.ValueKind switch
    {
        JsonValueKind.Number => "n" + (Json.GetDouble() + 0.0).ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    public bool TextEquals(string text, ReadOnlySpan<byte> utf8) =>
        _text is not null ? _text == text : Json.ValueKind == JsonValueKind.String && Json.ValueEquals(utf8);

    public bool TryGetNumber(out double number)
    {
        number = 0;
        return Json.ValueKind == JsonValueKind.Number
            ? Json.TryGetDouble(out number)
            : Text is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    public bool TryGetTime(out DateTimeOffset time)
    {
        time = default;
        return Json.ValueKind == JsonValueKind.String
            && (Json.TryGetDateTimeOffset(out time)
                || DateTimeOffset.TryParse(Json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time));
    }

    /// <summary>Whether two values are the same text, number or truth value.</summary>
    public bool ValueEquals(in FieldValue other)
    {
        if (Text is { } text)
        {
            return text == other.Text;
        }

        return Json.ValueKind == other.Json.ValueKind && Json.ValueKind switch
        {
            JsonValueKind.Number => Json.GetDouble().Equals(other.Json.GetDouble()),
            JsonValueKind.True or JsonValueKind.False => true,
            _ => false,
        };
    }

    /// <summary>Whether one of an array's elements equals the other value.</summary>
    public bool Contains(in FieldValue other)
    {
        if (!IsArray)
        {
            return Text is { } text && other.Text is { } part && text.IndexOf(part, StringComparison.Ordinal) >= 0;
        }

        foreach (var element in Json.EnumerateArray())
        {
            if (new FieldValue(element).ValueEquals(other))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => _text ?? (Json.ValueKind == JsonValueKind.String ? Json.GetString()! : Json.GetRawText());
}
