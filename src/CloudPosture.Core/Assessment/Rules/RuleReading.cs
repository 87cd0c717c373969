using System;
using System.Collections.Generic;
using CloudPosture.Catalog;

namespace CloudPosture.Assessment;

/// <summary>What rules are read with.</summary>
/// <param name="Settings">What was set for a rule's setting; null where nothing was.</param>
/// <param name="Shapes">What resources can hold, to check fields against; null for files that were checked when they were built.</param>
internal sealed record RuleReading(Func<string, string, IReadOnlyList<string>?> Settings, TypeShapes? Shapes)
{
    public static RuleReading Plain { get; } = new((_, _) => null, null);
}
