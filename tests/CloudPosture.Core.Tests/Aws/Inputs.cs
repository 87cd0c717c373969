using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Tests.Aws;

/// <summary>Makes inputs that an operation accepts.</summary>
internal static class Inputs
{
    /// <summary>The required members, texts where their shapes leave it open.</summary>
    public static JsonObject Required(string service, string operation) => Members(Shipped.Content.Models.Get(service).Operation(operation).Input);

    private static JsonObject Members(Shape shape) => new(shape.Required.Select(name => new System.Collections.Generic.KeyValuePair<string, JsonNode?>(name, Value(shape.Member(name)!.Shape))));

    private static JsonNode Value(Shape shape) => shape.Kind switch
    {
        ShapeKind.List => new JsonArray("one"),
        ShapeKind.Structure => Members(shape),
        ShapeKind.Integer or ShapeKind.Float => 1,
        _ => "some-name",
    };
}
