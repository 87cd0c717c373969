using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CloudPosture.Aws.Models;

namespace CloudPosture.Tests.Harvest;

/// <summary>Makes answers hollow: the documents stay sound, and their members say nothing, or something else. A map may be empty, and its keys are anybody's.</summary>
internal sealed class Hollow(string kind, OperationModel operation)
{
    private const string Nothing = "an answer of nothing";
    private const string Nulls = "members that are null";
    private const string Empty = "empty objects";
    private const string Foreign = "objects of somebody else's";

    public static IReadOnlyList<string> Kinds { get; } = [Nothing, Nulls, Empty, Foreign];

    private readonly HashSet<string> _maps = [.. operation.Output.Members.Where(member => member.Shape.Kind == ShapeKind.Map).Select(member => member.LocationName ?? member.Name)];

    public bool HasSpoilt { get; private set; }

    public byte[] Spoil(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart();
        var spoilt = text.StartsWith('{') ? OfJson(JsonNode.Parse(text)!.AsObject()) : text.StartsWith('<') ? OfXml(XDocument.Parse(text)) : null;
        HasSpoilt |= spoilt is not null;
        return spoilt is null ? body : Encoding.UTF8.GetBytes(spoilt);
    }

    private string? OfJson(JsonObject answer)
    {
        // A text that is a policy is judged by who reads it.
        if (answer.ContainsKey("Statement") && kind != Nothing)
        {
            return null;
        }

        var objects = answer.Where(member => member.Value is JsonObject && !_maps.Contains(member.Key)).Select(member => member.Key).ToList();
        switch (kind)
        {
            case Nothing:
                return "{}";
            case Nulls:
                return new JsonObject(answer.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)null))).ToJsonString();
            default:
                objects.ForEach(name => answer[name] = kind == Empty ? [] : new JsonObject { ["portal"] = 1 });
                return objects.Count == 0 ? null : answer.ToJsonString();
        }
    }

    /// <summary>Documents of S3 say nothing by being empty, so that those of queries alone can be hollow.</summary>
    private string? OfXml(XDocument answer)
    {
        if (answer.Root!.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("Result", StringComparison.Ordinal)) is not { } result || kind == Nulls)
        {
            return null;
        }

        if (kind == Foreign)
        {
            foreach (var member in result.Elements().Where(member => member.HasElements).ToList())
            {
                member.ReplaceAll(new XElement("portal", "1"));
            }
        }
        else
        {
            result.RemoveAll();
        }

        return answer.ToString(SaveOptions.DisableFormatting);
    }
}
