using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.Content;

/// <summary>Fills the catalog's templates from a record.</summary>
internal sealed class RecordScope(Cell cell, JsonObject record) : ITemplateScope
{
    private readonly JsonElement _record = JsonSerializer.SerializeToElement(record);

    public string Partition => "aws";

    public string Region => cell.IsGlobal ? cell.Organization.Regions[0] : cell.Region;

    public string AccountId => cell.AccountId;

    public JsonElement? Find(JsonPath path) => path.Find(_record);

    /// <summary>The input that a harvest would send for this record.</summary>
    public JsonElement Input(OperationEntry call) => call.Input.Fill(this);
}
