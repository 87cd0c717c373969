using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Sandbox.Content;

/// <summary>A record as it was made: to be read and copied, never changed, since many calls share it.</summary>
/// <param name="Json">The record.</param>
/// <param name="Scope">What fills the catalog's templates from it.</param>
internal sealed record KnownRecord(JsonObject Json, RecordScope Scope)
{
    /// <summary>The input that a harvest would send for this record.</summary>
    public JsonElement Input(OperationEntry call) => Scope.Input(call);
}
