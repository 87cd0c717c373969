using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest.Items;

/// <summary>One step of a walk from parents to what hangs on them; a list that is no walk is a step from nowhere.</summary>
internal sealed record WalkStep
{
    /// <summary>The step of a list that is no walk.</summary>
    public static readonly WalkStep None = new();

    /// <summary>One more member of the input, as a rule the parents' ids.</summary>
    public ExtraInput? Extra { get; init; }

    /// <summary>Of which the items are listed.</summary>
    public IReadOnlyList<WalkParent> Parents { get; init; } = [];

    /// <summary>Where the items go as parents of the next step; null where there is none.</summary>
    public ConcurrentQueue<WalkParent>? Found { get; init; }

    /// <summary>The step from parents that one call takes.</summary>
    public static WalkStep Of(WalkEntry walk, IReadOnlyList<WalkParent> parents, ConcurrentQueue<WalkParent> found) => new()
    {
        Extra = new ExtraInput(walk.Input, [.. parents.Select(parent => parent.Id)], walk.Batch > 1),
        Parents = parents,
        Found = found,
    };
}
