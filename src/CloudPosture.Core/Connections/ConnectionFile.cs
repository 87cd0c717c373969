using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudPosture.Connections;

/// <summary>What the file of connections holds. Members that a later version adds are kept.</summary>
internal sealed record ConnectionFile
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required IReadOnlyList<PostureConnection> Connections { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
