using System.Text.Json;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Calls;

/// <summary>What came of a call that completes an item.</summary>
/// <param name="IsTold">True where the call told the field's value.</param>
/// <param name="Value">The value; null where AWS says that there is none.</param>
/// <param name="Gap">Why the value is not known; null where it is.</param>
/// <param name="IsGone">True where the resource has vanished since it was listed.</param>
internal readonly record struct CallOutcome(bool IsTold, JsonElement? Value = null, ReadGap? Gap = null, bool IsGone = false)
{
    /// <summary>The catalog's condition for the call does not hold.</summary>
    public static readonly CallOutcome NotAsked = default;

    public static readonly CallOutcome Absent = new(IsTold: true);

    public static readonly CallOutcome Gone = new(IsTold: false, IsGone: true);

    public static CallOutcome Answered(JsonElement? value) => new(IsTold: true, value);

    public static CallOutcome Missing(ReadGap gap) => new(IsTold: false, Gap: gap);
}
