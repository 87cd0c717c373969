using System.Collections.Generic;

namespace CloudPosture.Content.Catalog;

/// <summary>A list call that is repeated for each resource harvested before (a tree).</summary>
/// <param name="From">The types of the parents.</param>
/// <param name="Input">The input member that takes the parent's id.</param>
/// <param name="Recurse">True where the items are parents too.</param>
internal sealed record WalkEntry(IReadOnlyList<string> From, string Input, bool Recurse);
