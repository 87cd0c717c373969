using System;
using System.Collections.Generic;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Assessment.Rules;

/// <summary>What rules are read with.</summary>
/// <param name="Catalog">What can be harvested, and so be asked about.</param>
/// <param name="Settings">What was set for a rule's setting; null where nothing was.</param>
/// <param name="Shapes">What resources can hold, to check fields against; null for files that were checked when they were built.</param>
internal sealed record RuleReading(ServiceCatalog Catalog, Func<string, string, IReadOnlyList<string>?> Settings, TypeShapes? Shapes)
{
    /// <summary>Reading as the rules stand, fields unchecked.</summary>
    public static RuleReading Plain(ServiceCatalog catalog) => new(catalog, (_, _) => null, null);
}
