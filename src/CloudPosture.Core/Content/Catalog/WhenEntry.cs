using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>A call's condition on the item so far.</summary>
/// <param name="Field">The path in the item.</param>
/// <param name="Value">What it must equal.</param>
internal sealed record WhenEntry(JsonPath Field, Template Value);
