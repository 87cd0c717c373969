using System;
using System.Globalization;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Logs;

/// <summary>One property of an event tested against a value. A missing property meets NOT EXISTS alone.</summary>
/// <param name="path">The property.</param>
/// <param name="operator">The operator in upper case: =, !=, &lt;, &lt;=, &gt;, &gt;=, EXISTS, NOT EXISTS, IS TRUE, IS FALSE, IS NULL.</param>
/// <param name="value">The value, possibly with wildcards; empty where the operator takes none.</param>
internal sealed class FilterComparison(JsonPath path, string @operator, string value) : FilterPattern
{
    private readonly Wildcard _pattern = new(value, ignoreCase: false);
    private readonly double? _number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public override bool Matches(JsonElement logged)
    {
        // JsonPath takes null for absent, which IS NULL does not.
        var isPresent = path.TryFind(logged, out var found);
        var isNull = !isPresent && found.ValueKind == JsonValueKind.Null;
        return @operator switch
        {
            "NOT EXISTS" => !isPresent && !isNull,
            "EXISTS" => isPresent || isNull,
            "IS NULL" => isNull,
            "IS TRUE" => isPresent && found.ValueKind == JsonValueKind.True,
            "IS FALSE" => isPresent && found.ValueKind == JsonValueKind.False,
            "=" => isPresent && IsEqual(found),
            "!=" => isPresent && !IsEqual(found),
            _ => isPresent && _number is { } operand && new FieldValue(found).TryGetNumber(out var number) && Compare(number, operand),
        };
    }

    private bool IsEqual(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => _pattern.Matches(found.GetString()!),
        JsonValueKind.Number => _number is { } number ? found.GetDouble().Equals(number) : _pattern.Matches(found.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => string.Equals(value, found.GetRawText(), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private bool Compare(double number, double operand) => @operator switch
    {
        "<" => number < operand,
        "<=" => number <= operand,
        ">" => number > operand,
        _ => number >= operand,
    };
}
