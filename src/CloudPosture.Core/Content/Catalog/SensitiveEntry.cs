using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>A member that can hold secrets: it is judged in memory, and only the judgement is kept.</summary>
/// <param name="Path">The member; everything below it counts.</param>
/// <param name="Encoding">How its text is to be read.</param>
internal sealed record SensitiveEntry(JsonPath Path, SensitiveEncoding Encoding)
{
    /// <summary>The member beside it, and its values, with which it is a mere switch and is kept; null where it never is.</summary>
    public (string Member, IReadOnlyCollection<string> Values)? Except { get; init; }

    /// <summary>Where else in the configuration a key below the member is named as something that it leads to, so that its text is kept; null for nowhere.</summary>
    public SensitiveNaming? Named { get; init; }

    /// <summary>Whether the member of this object is a mere switch.</summary>
    public bool Keeps(JsonElement holder) => Except is var (member, values) && holder.Text(member) is { } value && values.Contains(value);
}
