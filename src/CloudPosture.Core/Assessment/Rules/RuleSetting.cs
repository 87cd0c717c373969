using System.Collections.Generic;

namespace CloudPosture.Assessment.Rules;

/// <summary>Something of a rule that may be set.</summary>
public sealed record RuleSetting
{
    /// <summary>The setting's name (<c>maxAgeDays</c>).</summary>
    public required string Name { get; init; }

    /// <summary>What it means.</summary>
    public string Title { get; init; } = "";

    /// <summary>The unit of a number (<c>days</c>); empty for texts.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The least number allowed; null for any.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest number allowed; null for any.</summary>
    public double? Max { get; init; }

    /// <summary>The values that hold unless others are set: one, or several for a list.</summary>
    public required IReadOnlyList<string> Default { get; init; }

    /// <summary>The values in force.</summary>
    public required IReadOnlyList<string> Value { get; init; }
}
