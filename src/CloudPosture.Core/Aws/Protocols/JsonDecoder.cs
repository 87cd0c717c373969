using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Aws.Models;
using CloudPosture.Json;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes JSON bodies: official member names for those on the wire, official types, unknown members dropped.</summary>
internal static class JsonDecoder
{
    /// <summary>Members by which operations tell of pages, also those of whose pages the models do not tell.</summary>
    private static readonly string[] OfPages = ["NextToken", "nextToken", "Marker", "NextMarker", "Truncated", "IsTruncated", "TotalCount"];

    public static void Write(OperationModel operation, ShapeMember? payload, ReadOnlySpan<byte> body, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        var shape = payload?.Shape ?? operation.Output;
        if (payload is not null)
        {
            writer.WritePropertyName(payload.JsonName);
        }

        if (shape.Kind == ShapeKind.Structure)
        {
            Answer(ref reader, shape, operation.Pagination, payload is not null, writer);
        }
        else
        {
            Value(ref reader, payload!, writer);
        }

        // Nothing may follow; the reader checks that.
        reader.Read();
    }

    /// <summary>
    /// The answer's own object. Services add members, so that unknown ones are no fault; but where all are, or all but those that tell of
    /// pages, which many operations share, somebody else wrote it.
    /// </summary>
    private static void Answer(ref Utf8JsonReader reader, Shape shape, Pagination? pagination, bool isNested, Utf8JsonWriter writer)
    {
        if (isNested)
        {
            writer.WriteStartObject();
        }

        var (known, unknown) = Members(ref reader, shape, writer, new Top(pagination));
        if (known == 0 && unknown > 0 && shape.HasBody)
        {
            throw new FormatException("None of the answer's members is one of the operation's");
        }

        if (isNested)
        {
            writer.WriteEndObject();
        }
    }

    /// <param name="reader">Stands at the object.</param>
    /// <param name="shape">The structure.</param>
    /// <param name="writer">Receives the members.</param>
    /// <param name="top">For the answer's own members; null deeper down, where services add what no model knows yet.</param>
    private static (int Known, int Unknown) Members(ref Utf8JsonReader reader, Shape shape, Utf8JsonWriter writer, Top? top = null)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var position = 0;
        var (known, unknown) = (0, 0);
        var seen = new MembersSeen(shape);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = Find(ref reader, shape, ref position);
            if (member is null)
            {
                unknown++;
            }
            else
            {
                seen.Add(member);
                known += top?.Pagination?.Tells(member.Name) == true || Array.IndexOf(OfPages, member.Name) >= 0 ? 0 : 1;
            }

            reader.Read();
            if (member is null || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            writer.WritePropertyName(member.JsonName);
            Value(ref reader, member, writer, top is not null);
        }

        return (known, unknown);
    }

    /// <summary>Finds the member a property names. Services write members in about the model's order, so the search goes on from the last one.</summary>
    private static ShapeMember? Find(ref Utf8JsonReader reader, Shape shape, ref int position)
    {
        var members = shape.Members;
        for (var tried = 0; tried < members.Count; tried++)
        {
            var member = members[position];
            position = position + 1 == members.Count ? 0 : position + 1;
            if (member.Location == MemberLocation.Body && reader.ValueTextEquals(member.WireUtf8))
            {
                return member;
            }
        }

        return null;
    }

    private static void Value(ref Utf8JsonReader reader, ShapeMember member, Utf8JsonWriter writer, bool isAtTop = false)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            writer.WriteNullValue();
            return;
        }

        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                writer.WriteStartObject();
                var found = Members(ref reader, member.Shape, writer);
                if (isAtTop)
                {
                    HollowPart.RefuseMember(member, found);
                }

                writer.WriteEndObject();
                break;
            case ShapeKind.List:
                List(ref reader, member, writer, isAtTop);
                break;
            case ShapeKind.Map:
                Map(ref reader, member.Shape.Element!, writer);
                break;
            case ShapeKind.Document:
                JsonCopy.Whole(ref reader, writer);
                break;
            case ShapeKind.Timestamp:
                Timestamp(ref reader, member, writer);
                break;
            default:
                Scalar(ref reader, member, writer);
                break;
        }
    }

    private static void List(ref Utf8JsonReader reader, ShapeMember member, Utf8JsonWriter writer, bool isAtTop)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        writer.WriteStartArray();
        var element = member.Shape.Element!;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (element.Shape.Kind != ShapeKind.Structure)
            {
                Value(ref reader, element, writer);
                continue;
            }

            writer.WriteStartObject();
            var found = Members(ref reader, element.Shape, writer);
            if (isAtTop)
            {
                HollowPart.RefuseItem(member, found);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Map(ref Utf8JsonReader reader, ShapeMember element, Utf8JsonWriter writer)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        writer.WriteStartObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!seen.Add(reader.GetString()!))
            {
                throw new FormatException("A map's key comes twice");
            }

            JsonCopy.Name(ref reader, writer);
            reader.Read();
            Value(ref reader, element, writer);
        }

        writer.WriteEndObject();
    }

    private static void Timestamp(ref Utf8JsonReader reader, ShapeMember member, Utf8JsonWriter writer)
    {
        var known = reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var seconds)
            ? Timestamps.TryFromUnix(seconds, out var time)
            : Timestamps.TryParse(reader.TokenType == JsonTokenType.String ? reader.GetString()! : "", out time);
        writer.WriteStringValue(known ? Timestamps.ToJson(time) : throw new FormatException($"The member {member.Name} holds no time."));
    }

    private static void Scalar(ref Utf8JsonReader reader, ShapeMember member, Utf8JsonWriter writer)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            throw new FormatException($"The member {member.Name} holds an object or a list where its model says {member.Shape.Kind}.");
        }

        if (!Fits(ref reader, member.Shape.Kind))
        {
            throw new FormatException($"The member {member.Name} holds a {reader.TokenType} that is no {member.Shape.Kind}.");
        }

        JsonCopy.Scalar(ref reader, writer);
    }

    // Services write some texts as numbers, and numbers as texts; neither they nor readers know a number beyond these bounds.
    private static bool Fits(ref Utf8JsonReader reader, ShapeKind kind) => (kind, reader.TokenType) switch
    {
        (ShapeKind.Boolean, JsonTokenType.Number) or (ShapeKind.Integer or ShapeKind.Float, JsonTokenType.True or JsonTokenType.False) => false,
        (ShapeKind.Boolean, JsonTokenType.String) => reader.ValueTextEquals("true"u8) || reader.ValueTextEquals("false"u8),
        (ShapeKind.Integer, JsonTokenType.Number) => reader.TryGetDouble(out var number) && number is > -1e18 and < 1e18,
        (_, JsonTokenType.Number) => reader.TryGetDouble(out var number) && !double.IsInfinity(number),
        (ShapeKind.Integer or ShapeKind.Float, JsonTokenType.String) => IsNumber(reader.GetString()!),
        _ => true,
    };

    private static bool IsNumber(string text) =>
        ScalarText.IsNoFiniteNumber(text) || FiniteNumber.TryParse(text, out _);

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (reader.TokenType != expected)
        {
            throw new FormatException($"{expected} was expected, not {reader.TokenType}.");
        }
    }

    /// <summary>What is known of the answer's own object.</summary>
    /// <param name="Pagination">How its pages follow each other; null where there are none.</param>
    private sealed record Top(Pagination? Pagination);
}
