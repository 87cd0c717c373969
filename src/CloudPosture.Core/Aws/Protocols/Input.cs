using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Reads a call's input by its shapes; what does not fit is an <see cref="UnfitInputException"/> that names the member.</summary>
internal static class Input
{
    /// <summary>A structure's members that are present, nulls left out.</summary>
    public static IEnumerable<KeyValuePair<ShapeMember, JsonElement>> Members(Shape shape, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new UnfitInputException($"An object with the members {Names(shape)} was expected, not {Shown(value)}.");
        }

        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                var member = shape.Member(property.Name)
                    ?? throw new UnfitInputException($"The input has no member '{property.Name}'. Its members are: {Names(shape)}.");
                yield return new(member, property.Value);
            }
        }
    }

    /// <summary>The members of an operation's input: required ones must be there, idempotency tokens are added.</summary>
    public static List<KeyValuePair<ShapeMember, JsonElement>> Top(OperationModel operation, JsonElement value)
    {
        var members = Members(operation.Input, value).ToList();
        foreach (var member in operation.Input.Members)
        {
            if (member.IdempotencyToken && !members.Any(present => present.Key == member))
            {
                members.Add(new(member, JsonSerializer.SerializeToElement(Guid.NewGuid().ToString())));
            }
        }

        foreach (var name in operation.Input.Required)
        {
            if (!members.Any(present => present.Key.Name == name))
            {
                throw new UnfitInputException($"The operation {operation.Name} needs the member '{name}'.");
            }
        }

        return members;
    }

    public static JsonElement.ArrayEnumerator List(ShapeMember member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Unfit(member, value, "a list");

    public static JsonElement.ObjectEnumerator Map(ShapeMember member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Unfit(member, value, "an object");

    /// <summary>A scalar as the text that query strings, headers, labels, forms and XML carry.</summary>
    public static string Text(ShapeMember member, JsonElement value, string timestampFormat) => member.Shape.Kind switch
    {
        ShapeKind.Integer => Integer(member, value).ToString(CultureInfo.InvariantCulture),
        ShapeKind.Float => Number(member, value).ToString("R", CultureInfo.InvariantCulture),
        ShapeKind.Boolean => Boolean(member, value) ? "true" : "false",
        ShapeKind.Timestamp => Timestamps.Format(Time(member, value), member.TimestampFormat ?? member.Shape.TimestampFormat ?? timestampFormat),
        ShapeKind.String or ShapeKind.Blob => String(value),
        _ => throw Unfit(member, value, "a plain value"),
    };

    /// <summary>Text; JSON where a policy is given as an object.</summary>
    public static string String(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    public static long Integer(ShapeMember member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) ? number
        : throw Unfit(member, value, "a whole number");

    public static double Number(ShapeMember member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Unfit(member, value, "a number");

    public static bool Boolean(ShapeMember member, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
        _ => throw Unfit(member, value, "true or false"),
    };

    public static DateTimeOffset Time(ShapeMember member, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Timestamps.TryParse(value.GetString()!, out var time) ? time
        : value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) && Timestamps.TryFromUnix(seconds, out time) ? time
        : throw Unfit(member, value, "a time in ISO 8601");

    private static UnfitInputException Unfit(ShapeMember member, JsonElement value, string expected) =>
        new($"The member '{member.Name}' must be {expected}, not {Shown(value)}.");

    private static string Shown(JsonElement value)
    {
        const int Most = 80;
        var text = value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();
        return text.Length <= Most ? text : text.Substring(0, Most) + "…";
    }

    private static string Names(Shape shape) => shape.Members.Count == 0 ? "(none)" : string.Join(", ", shape.Members.Select(member => member.Name));
}
