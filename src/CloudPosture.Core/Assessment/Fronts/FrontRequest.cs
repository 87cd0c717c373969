using System.Collections.Generic;
using CloudPosture.Assessment.Sharing;

namespace CloudPosture.Assessment.Fronts;

/// <summary>What something in front asks of what stands behind it.</summary>
/// <param name="Action">The action.</param>
/// <param name="Resource">What it is asked on: the thing, or what is in it.</param>
/// <param name="Thing">The thing, whose policy answers.</param>
internal sealed record FrontRequest(string Action, string Resource, SharedThing Thing)
{
    /// <summary>The condition keys that this kind of request has beside those of all.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Keys { get; init; } = [];
}
