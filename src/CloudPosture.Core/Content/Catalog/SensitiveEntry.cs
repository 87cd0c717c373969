using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>A member that can hold secrets: it is judged in memory, and only the judgement is kept.</summary>
/// <param name="Path">The member; everything below it counts.</param>
/// <param name="Encoding">How its text is to be read.</param>
internal sealed record SensitiveEntry(JsonPath Path, SensitiveEncoding Encoding);
