using System.Collections.Generic;

namespace CloudPosture.Assessment.Fronts;

/// <summary>One way on from something in front: an origin, a method with its integration.</summary>
/// <param name="Label">What people call it; empty where its target says it all.</param>
/// <param name="Kind">By what the target is known.</param>
/// <param name="Target">The target.</param>
internal sealed record FrontWay(string Label, FrontTargetKind Kind, string Target)
{
    /// <summary>The ports that are asked; none for all.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>What keeps strangers from this way; null for nothing.</summary>
    public FrontStop? Stop { get; init; }

    /// <summary>What may refuse some requests on this way and is not judged, separated by semicolons.</summary>
    public string Guards { get; init; } = "";

    /// <summary>As whom it asks; null for nobody.</summary>
    public FrontSigner? Signer { get; init; }

    /// <summary>The ARNs of which one stands for the source in what is asked.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The link by which it enters a VPC; null where it goes over the Internet.</summary>
    public string? LinkId { get; init; }
}
