using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Secrets;

namespace CloudPosture.Harvest.Items;

/// <summary>A resource that is being completed: what the list said of it, and what the calls since added.</summary>
internal sealed class ItemDraft(ResourceEntry entry, HarvestedAccount account, string region, JsonElement listed) : ITemplateScope, IDisposable
{
    /// <summary>What is told where no list names the item.</summary>
    public static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();
    private readonly List<(string Name, JsonElement? Value, CallEntry? Source)> _fields = [];
    private readonly List<ReadGap> _gaps = [];
    private readonly List<AwsAnswer> _answers = [];

    public string Partition => account.Partition;

    /// <summary>The Region to ask: the item's own, where it names one.</summary>
    public string Region => entry.Region is { } own && OwnRegion(own) is { } found and not ResourceRegion.Global ? found : region;

    public string AccountId => account.AccountId;

    /// <summary>The Region to show. What several Regions list and that names no home belongs to none: who answers first must not decide.</summary>
    public string ShownRegion => entry.Region is { } own ? OwnRegion(own) ?? region : entry.IsGlobal || entry.IsDistinct ? ResourceRegion.Global : region;

    public string? Id => entry.Id.Render(this);

    public string? Arn => entry.Arn.Render(this);

    /// <summary>False for what another account shares (an organization's trail): that it is not found there may mean that this account may not see it.</summary>
    public bool IsOwn => Arn?.Split(':') is not { Length: > 4 } parts || parts[4].Length == 0 || parts[4] == AccountId;

    public JsonElement? Find(JsonPath path)
    {
        if (path.IsRoot)
        {
            return listed;
        }

        foreach (var field in _fields)
        {
            if (field.Name == path.FirstMember)
            {
                return field.Value is { } value ? path.FindAfterFirst(value) : null;
            }
        }

        return path.Find(listed);
    }

    /// <summary>Whether the catalog's condition for a call holds; false as well where what it looks at is not known.</summary>
    public bool IsMeant(CallEntry call) => call.When is not { } when
        || (GapOf(when.Field) is null && Find(when.Field) is { ValueKind: JsonValueKind.String } value && value.GetString() == when.Value.Render(this));

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name; it hides one of that name from the list.</param>
    /// <param name="value">Its value; null says that there is none.</param>
    /// <param name="source">The call it came from.</param>
    public void Set(string name, JsonElement? value, CallEntry? source = null) => _fields.Add((name, value, source));

    public void Add(ReadGap gap) => _gaps.Add(gap);

    /// <summary>Why the member that a path begins with is not known; null where it is.</summary>
    public ReadGap? GapOf(JsonPath path) => _gaps.Find(gap => gap.Field == path.FirstMember);

    /// <summary>Keeps an answer's memory until the item is written. Thread-safe, unlike the rest.</summary>
    public void Keep(AwsAnswer answer)
    {
        lock (_answers)
        {
            _answers.Add(answer);
        }
    }

    /// <summary>The resource without its configuration, see <see cref="WriteConfiguration"/>.</summary>
    /// <returns>Null where the item has nothing to be known by.</returns>
    public Resource? ToResource(string harvestId, DateTimeOffset harvestedAt, string service)
    {
        var arn = Arn;
        if ((Id ?? arn) is not { Length: > 0 } id)
        {
            return null;
        }

        var tags = Tags();
        return new Resource
        {
            Type = entry.Type,
            Arn = arn ?? $"arn:{Partition}:{service}:{Region}:{AccountId}:{id}",
            Id = id,
            Name = Text(entry.Name?.Render(this)) ?? (tags.TryGetValue("Name", out var name) ? Text(name) : null) ?? id,
            AccountId = AccountId,
            AccountName = account.AccountName,
            Region = ShownRegion,
            Tags = tags,
            Configuration = default,
            Gaps = _gaps,
            HarvestId = harvestId,
            HarvestedAt = harvestedAt,
            Connection = account.Connection,
            Namespace = account.Namespace,
        };
    }

    /// <summary>Writes the configuration, each sensitive member as its judgement.</summary>
    public void WriteConfiguration(Utf8JsonWriter json)
    {
        if (entry.Sensitive.Count == 0)
        {
            WriteWhole(json);
            return;
        }

        using var buffer = new ByteBuffer();
        using (var whole = new Utf8JsonWriter(buffer))
        {
            WriteWhole(whole);
        }

        SecretSeal.Write(json, buffer.ToJson(), entry.Sensitive);
    }

    private void WriteWhole(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteListed(json);

        foreach (var (name, value, source) in _fields.Where(field => !entry.Omit.Contains(field.Name)))
        {
            json.WritePropertyName(name);
            if (value is not { } present)
            {
                json.WriteNullValue();
            }
            else if (source?.Keep is { } kept)
            {
                kept.Write(json, present);
            }
            else if (source?.DecodeJson == true)
            {
                JsonRewriter.WriteDecoded(json, present);
            }
            else
            {
                JsonRewriter.Write(json, present, source?.Omit ?? [], source?.DecodeFields ?? []);
            }
        }

        json.WriteEndObject();
    }

    private void WriteListed(Utf8JsonWriter json)
    {
        if (entry.Keep is { } keep)
        {
            keep.WriteMembers(json, listed, IsOfList);
            return;
        }

        foreach (var member in listed.EnumerateObject().Where(IsOfList))
        {
            JsonRewriter.WriteMember(json, member, entry.Omit, entry.DecodeFields);
        }
    }

    /// <summary>Whether nothing else tells a member.</summary>
    private bool IsOfList(JsonProperty member) => _fields.TrueForAll(field => field.Name != member.Name);

    public void Dispose()
    {
        foreach (var answer in _answers)
        {
            answer.Dispose();
        }
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string? TextOf(JsonElement pair, params string[] names)
    {
        foreach (var name in names)
        {
            if (pair.ValueKind == JsonValueKind.Object && pair.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }

        return null;
    }

    /// <summary>Null where the call that tells it failed.</summary>
    private string? OwnRegion(ItemRegion own)
    {
        if (_gaps.Exists(gap => gap.Field == own.Field.FirstMember))
        {
            return null;
        }

        var named = Find(own.Field) is { ValueKind: JsonValueKind.String } value ? Text(value.GetString()) : null;
        return named is null ? own.Default : own.Map.TryGetValue(named, out var today) ? today : named;
    }

    private IReadOnlyDictionary<string, string> Tags()
    {
        if (entry.Tags is null || Find(entry.Tags) is not { } found)
        {
            return NoTags;
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (found.ValueKind == JsonValueKind.Object)
        {
            foreach (var tag in found.EnumerateObject().Where(tag => tag.Value.ValueKind == JsonValueKind.String))
            {
                tags[tag.Name] = tag.Value.GetString()!;
            }
        }
        else if (found.ValueKind == JsonValueKind.Array)
        {
            foreach (var pair in found.EnumerateArray())
            {
                if (TextOf(pair, "Key", "key", "TagKey") is { } key)
                {
                    tags[key] = TextOf(pair, "Value", "value", "TagValue") ?? "";
                }
            }
        }

        return tags;
    }
}
