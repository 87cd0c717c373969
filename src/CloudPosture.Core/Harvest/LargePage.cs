using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Buffers;
using CloudPosture.Catalog;

namespace CloudPosture.Harvest;

/// <summary>A large page of a list, taken apart item by item: an index of the whole of it would cost more memory than the page.</summary>
internal sealed class LargePage
{
    private const int Large = 64 * 1024;
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
        page.Find(steps);
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

    private void Find(IReadOnlyList<(string Member, bool IsEach)> steps)
    {
        var reader = new Utf8JsonReader(_json.Span);
        reader.Read();
        using var rest = new ByteBuffer();
        using (var writer = new Utf8JsonWriter(rest))
        {
            writer.WriteStartObject();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isItems = reader.ValueTextEquals(steps[0].Member);
                if (!isItems)
                {
                    writer.WritePropertyName(reader.GetString()!);
                }

                reader.Read();
                if (isItems)
                {
                    Take(ref reader, steps, 0);
                    continue;
                }

                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                writer.WriteRawValue(_json.Span.Slice(start, (int)reader.BytesConsumed - start));
            }

            writer.WriteEndObject();
        }

        Rest = rest.ToJson();
    }

    /// <summary>Takes the value that the reader stands at, which the step leads to.</summary>
    private void Take(ref Utf8JsonReader reader, IReadOnlyList<(string Member, bool IsEach)> steps, int step)
    {
        var isLast = step == steps.Count - 1;
        if (reader.TokenType == JsonTokenType.StartArray && (isLast || steps[step].IsEach))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                TakeOne(ref reader, steps, step, isLast);
            }
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            TakeOne(ref reader, steps, step, isLast);
        }
    }

    private void TakeOne(ref Utf8JsonReader reader, IReadOnlyList<(string Member, bool IsEach)> steps, int step, bool isLast)
    {
        if (isLast || reader.TokenType != JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isLast)
            {
                _items.Add((start, (int)reader.BytesConsumed - start));
            }

            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNext = reader.ValueTextEquals(steps[step + 1].Member);
            reader.Read();
            if (isNext)
            {
                Take(ref reader, steps, step + 1);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
