using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace CloudPosture.Connections;

/// <summary>How lists of accounts become JSON, prepared at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<OrganizationAccount>))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
