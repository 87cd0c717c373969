using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Content.Yaml;

/// <summary>Notes what a reader asks of a mapping, so that the JSON Schema of its files is what the reader understands.</summary>
/// <param name="definitions">The forms that may stand within themselves, by name.</param>
internal sealed class SchemaNode(IDictionary<string, SchemaNode> definitions)
{
    private readonly SortedDictionary<string, SchemaValue> _members = new(StringComparer.Ordinal);
    private string? _definition;
    private bool _isOpen;

    /// <summary>The mapping has keys of its user's choice.</summary>
    public void Open() => _isOpen = true;

    public SchemaValue Member(string key)
    {
        if (_isOpen)
        {
            return new SchemaValue(() => new SchemaNode(definitions));
        }

        if (!_members.TryGetValue(key, out var value))
        {
            _members.Add(key, value = new SchemaValue(() => new SchemaNode(definitions)));
        }

        return value;
    }

    /// <summary>The form of a name, which this mapping has.</summary>
    public SchemaNode As(string name)
    {
        _definition = name;
        if (!definitions.TryGetValue(name, out var node))
        {
            definitions.Add(name, node = new SchemaNode(definitions));
        }

        return node;
    }

    public JsonObject ToJson()
    {
        if (_definition is not null)
        {
            return new JsonObject { ["$ref"] = "#/$defs/" + _definition };
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(_members.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value.ToJson()))),
        };
        if (!_isOpen)
        {
            schema["additionalProperties"] = false;
        }

        var required = _members.Where(member => member.Value.IsRequired).Select(member => (JsonNode)member.Key).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }
}
