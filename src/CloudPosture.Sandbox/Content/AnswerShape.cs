using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Content;

/// <summary>Brings parts of a record into the form of an operation's output.</summary>
internal static class AnswerShape
{
    /// <summary>The shape of the items that a path leads to; null where the model does not know the path.</summary>
    public static Shape? Follow(Shape output, string path)
    {
        Shape? shape = output;
        foreach (var step in path == "." ? [] : path.Split('.'))
        {
            shape = Element(shape)?.Member(step.Split('[')[0])?.Shape;
        }

        return shape is null ? null : Element(shape);
    }

    /// <summary>A copy with the members alone that the shape has.</summary>
    public static JsonObject Keep(JsonObject record, Shape shape) => shape.Kind == ShapeKind.Structure
        ? new JsonObject(record.Where(member => shape.Member(member.Key) is not null).Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value?.DeepClone())))
        : record.DeepClone().AsObject();

    /// <summary>A value under a path; an index makes a list of one.</summary>
    public static JsonObject At(string path, JsonNode value)
    {
        JsonNode node = value;
        foreach (var step in path.Split('.').Reverse())
        {
            var bracket = step.IndexOf('[');
            var name = bracket < 0 ? step : step[..bracket];
            if (bracket >= 0 && node is not JsonArray)
            {
                node = new JsonArray(node);
            }

            node = new JsonObject { [name] = node };
        }

        return node.AsObject();
    }

    /// <summary>Puts something where a path leads, if nothing is there.</summary>
    public static void Promise(JsonObject answer, ReadOnlySpan<string> path, Shape shape)
    {
        if (shape.Member(path[0])?.Shape is not { } member)
        {
            // A map's key is nobody's member.
            answer[path[0]] ??= "sandbox";
        }
        else if (path.Length > 1)
        {
            answer[path[0]] ??= new JsonObject();
            if (answer[path[0]] is JsonObject inner)
            {
                Promise(inner, path[1..], member);
            }
        }
        else
        {
            answer[path[0]] ??= member.Kind switch
            {
                ShapeKind.List => new JsonArray(),
                ShapeKind.Map => new JsonObject(),
                ShapeKind.Boolean => false,
                ShapeKind.String => "sandbox",
                _ => null,
            };
        }
    }

    /// <summary>Turns members, at any depth, into JSON as text.</summary>
    public static void Encode(JsonNode? node, IReadOnlyList<string> members)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    if (members.Contains(name) && value is JsonObject or JsonArray)
                    {
                        map[name] = value.ToJsonString();
                    }
                    else
                    {
                        Encode(value, members);
                    }
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Encode(item, members);
                }

                break;
        }
    }

    private static Shape? Element(Shape? shape)
    {
        while (shape?.Kind == ShapeKind.List)
        {
            shape = shape.Element!.Shape;
        }

        return shape;
    }
}
