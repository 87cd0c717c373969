using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>Which items of a list are meant, where its call cannot be told.</summary>
/// <param name="Field">The member that tells.</param>
/// <param name="Values">What it says, as text, of those that are meant.</param>
/// <param name="Others">What it says of those that are not.</param>
internal sealed record WhereEntry(JsonPath Field, IReadOnlyList<string> Values, IReadOnlyList<string> Others)
{
    /// <summary>Whether an item is meant; one that does not say is.</summary>
    public bool Admits(JsonElement item) =>
        Field.Find(item) is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value
        || ((Values.Count == 0 || Holds(Values, value)) && !Holds(Others, value));

    private static bool Holds(IReadOnlyList<string> texts, JsonElement value) => texts.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase);
}
