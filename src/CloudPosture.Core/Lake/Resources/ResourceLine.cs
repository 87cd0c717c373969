using System;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Resources;

/// <summary>A resource as a line of the lake.</summary>
internal static class ResourceLine
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a resource; its configuration comes from the delegate, so that it need not exist as a whole.</summary>
    public static void Write(Utf8JsonWriter json, Resource resource, Action<Utf8JsonWriter> writeConfiguration)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, resource.Type);
        json.WriteString("arn"u8, resource.Arn);
        json.WriteString("id"u8, resource.Id);
        json.WriteString("name"u8, resource.Name);
        json.WriteString("accountId"u8, resource.AccountId);
        json.WriteString("accountName"u8, resource.AccountName);
        json.WriteString("region"u8, resource.Region);
        json.WriteStartObject("tags"u8);
        foreach (var tag in resource.Tags)
        {
            json.WriteString(tag.Key, tag.Value);
        }

        json.WriteEndObject();
        json.WritePropertyName("configuration"u8);
        writeConfiguration(json);
        json.WriteStartArray("gaps"u8);
        foreach (var gap in resource.Gaps)
        {
            JsonSerializer.Serialize(json, gap, LakeJson.Default.ReadGap);
        }

        json.WriteEndArray();
        json.WriteString("harvestId"u8, resource.HarvestId);
        json.WriteString("harvestedAt"u8, resource.HarvestedAt);
        json.WriteString("connection"u8, resource.Connection);
        json.WriteString("namespace"u8, resource.Namespace);
        json.WriteEndObject();
    }

    /// <summary>Reads a line.</summary>
    /// <returns>The resource; null where a filter does not want it, which the line's first members tell.</returns>
    /// <exception cref="JsonException">The line is no resource.</exception>
    public static Resource? Read(ReadOnlySpan<byte> line, StringPool pool, Filter types, Filter regions, Filter ids)
    {
        string? type = null, arn = null, id = null, name = null, account = null, accountName = null, region = null;
        string? harvest = null, connection = null, @namespace = null;
        JsonElement? configuration = null;
        IReadOnlyDictionary<string, string> tags = NoTags;
        IReadOnlyList<ReadGap> gaps = [];
        var harvestedAt = default(DateTimeOffset);

        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref json, "type"u8))
            {
                type = pool.Get(ref json);
                if (!types.Wants(type))
                {
                    return null;
                }
            }
            else if (Is(ref json, "arn"u8))
            {
                arn = json.GetString();
            }
            else if (Is(ref json, "id"u8))
            {
                id = json.GetString();
            }
            else if (Is(ref json, "name"u8))
            {
                name = json.GetString();
                if (!ids.IsOpen && !(Wanted(ids, id) || Wanted(ids, arn) || Wanted(ids, name)))
                {
                    return null;
                }
            }
            else if (Is(ref json, "accountId"u8))
            {
                account = pool.Get(ref json);
            }
            else if (Is(ref json, "accountName"u8))
            {
                accountName = pool.Get(ref json);
            }
            else if (Is(ref json, "region"u8))
            {
                region = pool.Get(ref json);
                if (!regions.Wants(region))
                {
                    return null;
                }
            }
            else if (Is(ref json, "tags"u8))
            {
                tags = ReadTags(ref json, pool);
            }
            else if (Is(ref json, "configuration"u8))
            {
                configuration = JsonElement.ParseValue(ref json);
            }
            else if (Is(ref json, "gaps"u8))
            {
                gaps = ReadGaps(ref json);
            }
            else if (Is(ref json, "harvestId"u8))
            {
                harvest = pool.Get(ref json);
            }
            else if (Is(ref json, "harvestedAt"u8))
            {
                harvestedAt = json.GetDateTimeOffset();
            }
            else if (Is(ref json, "connection"u8))
            {
                connection = pool.Get(ref json);
            }
            else if (Is(ref json, "namespace"u8))
            {
                @namespace = pool.Get(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return new Resource
        {
            Type = type ?? throw Missing("type"),
            Arn = arn ?? throw Missing("arn"),
            Id = id ?? throw Missing("id"),
            Name = name ?? throw Missing("name"),
            AccountId = account ?? throw Missing("accountId"),
            AccountName = accountName ?? account,
            Region = region ?? throw Missing("region"),
            Tags = tags,
            Configuration = configuration ?? throw Missing("configuration"),
            Gaps = gaps,
            HarvestId = harvest ?? throw Missing("harvestId"),
            HarvestedAt = harvestedAt,
            Connection = connection ?? throw Missing("connection"),
            Namespace = @namespace ?? "default",
        };
    }

    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();

    private static bool Wanted(Filter filter, string? value) => value is not null && filter.Wants(value);

    private static JsonException Missing(string member) => new($"A resource without '{member}'.");

    /// <summary>Whether the current member has the name; if so the reader stands at its value.</summary>
    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name) && json.Read();

    private static IReadOnlyDictionary<string, string> ReadTags(ref Utf8JsonReader json, StringPool pool)
    {
        Dictionary<string, string>? tags = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = pool.Get(ref json);
            json.Read();
            (tags ??= new(StringComparer.Ordinal))[key] = pool.Get(ref json);
        }

        return tags ?? NoTags;
    }

    private static IReadOnlyList<ReadGap> ReadGaps(ref Utf8JsonReader json)
    {
        List<ReadGap>? gaps = null;
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            (gaps ??= []).Add(JsonSerializer.Deserialize(ref json, LakeJson.Default.ReadGap)!);
        }

        return gaps is null ? [] : gaps;
    }
}
