using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>A way to read the data of a type, as <c>data.yaml</c> tells it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Kind">bucket, database, or secret.</param>
/// <param name="Actions">The actions, all of which are needed.</param>
/// <param name="Below">What follows the ARN of the resource where they are on something in it; empty for the resource itself.</param>
/// <param name="Key">Where the key of the data is named; null where none is needed.</param>
/// <param name="OnlyIf">A field and its value; null where it holds of all.</param>
/// <param name="Asks">What no harvest shows and must hold; null where that is nothing.</param>
internal sealed record DataWay(string Type, string Kind, IReadOnlyList<string> Actions, string Below, JsonPath? Key, (JsonPath Field, string Value)? OnlyIf, string? Asks)
{
    /// <exception cref="ContentException">One is invalid.</exception>
    public static IReadOnlyList<DataWay> ReadAll(IEnumerable<YamlMap> maps) => [.. maps.Select(map =>
    {
        var onlyIf = map.Map("onlyIf");
        var way = new DataWay(
            map.Required("type"),
            map.Choice("kind", "", ("bucket", "bucket"), ("database", "database"), ("secret", "secret")),
            map.Texts("actions"),
            map.Text("below") ?? "",
            map.Parsed("key", JsonPath.Parse),
            onlyIf is null ? null : (onlyIf.RequiredParsed("field", JsonPath.Parse), onlyIf.Required("equals")),
            map.Text("asks"));
        onlyIf?.RejectUnknownKeys();
        map.RejectUnknownKeys();
        return way.Actions.Count > 0 && way.Kind.Length > 0 ? way : throw map.Error("it needs a kind and at least one action.");
    })];

    /// <summary>Whether it is a way to a resource's data.</summary>
    public bool IsFor(Resource resource) => resource.Type == Type
        && (OnlyIf is not { } only || string.Equals(only.Field.Find(resource.Configuration)?.ToString(), only.Value, StringComparison.OrdinalIgnoreCase));
}
