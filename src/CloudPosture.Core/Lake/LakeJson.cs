using System.Text.Json.Serialization;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Lake;

/// <summary>How the lake's own records become JSON, prepared at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(HarvestManifest))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(ReadGap))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(AccountAssessed))]
[JsonSerializable(typeof(AssessmentCounts))]
internal sealed partial class LakeJson : JsonSerializerContext;
