using System.Collections.Generic;
using CloudPosture.Assessment.Sharing;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Something that takes requests from everyone and hands them on: a distribution, an API.</summary>
internal sealed record Front
{
    public required SharedThing Thing { get; init; }

    public required string Name { get; init; }

    /// <summary>The names in the DNS by which others may ask it, as far as they are known.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Whether the name that AWS gave it answers no more, so that only names of its own lead to it.</summary>
    public bool IsEndpointDisabled { get; init; }

    /// <summary>What keeps strangers out of all of it; null for nothing.</summary>
    public FrontStop? Stop { get; init; }

    /// <summary>What may refuse some requests and is not judged, separated by semicolons.</summary>
    public string Guards { get; init; } = "";

    /// <summary>Where it leads.</summary>
    public IReadOnlyList<FrontWay> Ways { get; init; } = [];
}
