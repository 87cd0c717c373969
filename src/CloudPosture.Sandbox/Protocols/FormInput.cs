using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Reads the form of the query protocol and of EC2's variety of it.</summary>
internal sealed class FormInput(IReadOnlyDictionary<string, string> form, bool isEc2)
{
    public JsonObject Read(Shape input) => ReadStructure(input, "");

    private JsonNode? ReadValue(ShapeMember member, string path) => member.Shape.Kind switch
    {
        ShapeKind.Structure => HasAny(path) ? ReadStructure(member.Shape, path + ".") : null,
        ShapeKind.List => ReadList(member, path),
        ShapeKind.Map => ReadMap(member, path),
        _ => form.TryGetValue(path, out var text) ? Scalars.Read(member.Shape, text) : null,
    };

    private JsonObject ReadStructure(Shape shape, string prefix)
    {
        var result = new JsonObject();
        foreach (var member in shape.Members)
        {
            if (ReadValue(member, prefix + NameOf(member)) is { } value)
            {
                result[member.Name] = value;
            }
        }

        return result;
    }

    private JsonArray? ReadList(ShapeMember member, string path)
    {
        var element = member.Shape.Element!;
        var items = new JsonArray();
        var prefix = ListPrefix(member, element, path);
        for (var index = 1; ; index++)
        {
            var item = ReadValue(element, prefix + "." + index.ToString(CultureInfo.InvariantCulture));
            if (item is null)
            {
                break;
            }

            items.Add(item);
        }

        return items.Count > 0 || form.ContainsKey(path) ? items : null;
    }

    private string ListPrefix(ShapeMember member, ShapeMember element, string path)
    {
        if (isEc2)
        {
            return path;
        }

        if (!member.Flattened && !member.Shape.Flattened)
        {
            return path + "." + (element.LocationName ?? "member");
        }

        var dot = path.LastIndexOf('.');
        return element.LocationName is { } name ? path[..(dot + 1)] + name : path;
    }

    private JsonObject? ReadMap(ShapeMember member, string path)
    {
        var shape = member.Shape;
        var prefix = member.Flattened || shape.Flattened ? path : path + ".entry";
        var result = new JsonObject();
        for (var index = 1; form.TryGetValue($"{prefix}.{index}.{shape.Key!.LocationName ?? "key"}", out var key); index++)
        {
            result[key] = ReadValue(shape.Element!, $"{prefix}.{index}.{shape.Element!.LocationName ?? "value"}");
        }

        return result.Count > 0 ? result : null;
    }

    private bool HasAny(string path) => form.Keys.Any(key => key.StartsWith(path + ".", StringComparison.Ordinal));

    private string NameOf(ShapeMember member) =>
        isEc2 ? member.QueryName ?? UpperFirst(member.LocationName ?? member.Name) : member.WireName;

    private static string UpperFirst(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
