using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Content.Yaml;

/// <summary>What a reader asks of one key.</summary>
/// <param name="create">Makes the form of a mapping below.</param>
internal sealed class SchemaValue(Func<SchemaNode> create)
{
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _choices = [];
    private SchemaNode? _map;
    private SchemaNode? _items;

    public bool IsRequired { get; private set; }

    public SchemaNode Map => _map ??= create();

    public SchemaNode Items => _items ??= create();

    public void Require() => IsRequired = true;

    public void Text() => _types.Add("string");

    public void Number() => _types.Add("number");

    public void Texts() => _types.Add("texts");

    public void Choice(IReadOnlyList<string> choices) => _choices = choices;

    public JsonObject ToJson()
    {
        var forms = new List<JsonObject>();
        if (_choices.Count > 0)
        {
            forms.Add(_choices.SequenceEqual(["true", "false"])
                ? new JsonObject { ["type"] = "boolean" }
                : new JsonObject { ["enum"] = new JsonArray([.. _choices.Select(choice => (JsonNode)choice)]) });
        }
        else if (_types.Contains("number"))
        {
            forms.Add(new JsonObject { ["type"] = "number" });
        }
        else if (_types.Contains("texts"))
        {
            forms.Add(Scalar());
            forms.Add(new JsonObject { ["type"] = "array", ["items"] = Scalar() });
        }
        else if (_types.Contains("string"))
        {
            forms.Add(Scalar());
        }

        if (_map is not null)
        {
            forms.Add(_map.ToJson());
        }

        if (_items is not null)
        {
            forms.Add(new JsonObject { ["type"] = "array", ["items"] = _items.ToJson() });
        }

        return forms.Count == 1 ? forms[0] : forms.Count == 0 ? [] : new JsonObject { ["anyOf"] = new JsonArray([.. forms]) };
    }

    private static JsonObject Scalar() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}
