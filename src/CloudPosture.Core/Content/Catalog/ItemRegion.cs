using System.Collections.Generic;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>Where an item of a global list names its own Region.</summary>
/// <param name="Field">The path in the item.</param>
/// <param name="Default">The Region where the field is empty.</param>
/// <param name="Map">Old names that stand for a Region.</param>
internal sealed record ItemRegion(JsonPath Field, string Default, IReadOnlyDictionary<string, string> Map);
