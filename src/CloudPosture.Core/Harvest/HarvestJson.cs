using System.Text.Json.Serialization;

namespace CloudPosture.Harvest;

/// <summary>JSON of plain values, prepared at build time.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class HarvestJson : JsonSerializerContext;
