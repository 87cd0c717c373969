using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Harvest.Items;

/// <summary>A large page of a list, taken apart item by item: an index of the whole of it would cost more memory than the page.</summary>
internal sealed class LargePage
{
    /// <summary>The size in bytes from which a page is taken apart.</summary>
    public const int Large = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _json;
    private readonly List<(int Start, int Length)> _items = [];

    private LargePage(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>The page without its items.</summary>
    public JsonElement Rest { get; private set; }

    /// <summary>Finds the items.</summary>
    /// <returns>Null for a page that is read better as a whole: it is small, or its items are not in a list at its top.</returns>
    public static LargePage? Read(ReadOnlyMemory<byte> json, JsonPath path)
    {
        if (json.Length < Large || path.Steps is not { } steps)
        {
            return null;
        }

        var page = new LargePage(json);
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        using var rest = new ByteBuffer();
        using (var writer = new Utf8JsonWriter(rest))
        {
            page.Walk(ref reader, writer, steps, 0);
        }

        page.Rest = rest.ToJson();
        return page;
    }

    /// <summary>The items, each valid until the next is asked for.</summary>
    public IEnumerable<JsonElement> Items()
    {
        foreach (var (start, length) in _items)
        {
            using var item = JsonDocument.Parse(_json.Slice(start, length));
            yield return item.RootElement;
        }
    }

    /// <summary>The items, each valid for good; they are made while the page is.</summary>
    public IEnumerable<JsonElement> LastingItems() => _items.Select(item => Lasting(_json.Span.Slice(item.Start, item.Length)));

    private static JsonElement Lasting(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Walks through the object that the reader stands at, along the path; what lies beside the path is written, where that is wanted.</summary>
    private void Walk(ref Utf8JsonReader reader, Utf8JsonWriter? rest, IReadOnlyList<(string Member, bool IsEach)> steps, int step)
    {
        rest?.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOnPath = reader.ValueTextEquals(steps[step].Member);
            var name = isOnPath ? steps[step].Member : rest is null ? "" : reader.GetString()!;
            reader.Read();
            if (isOnPath)
            {
                Take(ref reader, rest, steps, step);
                continue;
            }

            // Where the next page is, no list tells; those of other types may be as large.
            var isList = reader.TokenType == JsonTokenType.StartArray;
            var value = Skip(ref reader);
            if (isList)
            {
                continue;
            }

            rest?.WritePropertyName(name);
            rest?.WriteRawValue(_json.Span.Slice(value.Start, value.Length));
        }

        rest?.WriteEndObject();
    }

    /// <summary>Takes the value that a step led to: items, or what more steps go through.</summary>
    private void Take(ref Utf8JsonReader reader, Utf8JsonWriter? rest, IReadOnlyList<(string Member, bool IsEach)> steps, int step)
    {
        var isLast = step == steps.Count - 1;
        if (reader.TokenType == JsonTokenType.StartArray && (isLast || steps[step].IsEach))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                TakeOne(ref reader, null, steps, step);
            }
        }
        else if (!isLast || reader.TokenType != JsonTokenType.Null)
        {
            TakeOne(ref reader, rest, steps, step);
        }
    }

    private void TakeOne(ref Utf8JsonReader reader, Utf8JsonWriter? rest, IReadOnlyList<(string Member, bool IsEach)> steps, int step)
    {
        if (step == steps.Count - 1)
        {
            _items.Add(Skip(ref reader));
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            rest?.WritePropertyName(steps[step].Member);
            Walk(ref reader, rest, steps, step + 1);
        }
        else
        {
            reader.Skip();
        }
    }

    private static (int Start, int Length) Skip(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed - start);
    }
}
