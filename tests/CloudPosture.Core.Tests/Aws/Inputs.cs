using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Tests.Aws;

/// <summary>Makes inputs that an operation accepts.</summary>
internal static class Inputs
{
    /// <summary>The required members, all plain texts.</summary>
    public static JsonObject Required(string service, string operation)
    {
        var input = Shipped.Content.Models.Get(service).Operation(operation).Input;
        return new JsonObject(input.Required.Select(name => new System.Collections.Generic.KeyValuePair<string, JsonNode?>(
            name,
            input.Member(name)!.Shape.Kind == ShapeKind.List ? new JsonArray("one") : "some-name")));
    }
}
