using System.Collections.Generic;

namespace CloudPosture.Content.Catalog;

/// <summary>A call that is repeated for each value of one input member.</summary>
/// <param name="Input">The input member.</param>
/// <param name="Values">Its values.</param>
internal sealed record EachEntry(string Input, IReadOnlyList<string> Values);
