using System.Collections.Generic;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>A call that completes one item.</summary>
internal sealed record CallEntry : OperationEntry
{
    /// <summary>The part of the answer that is kept.</summary>
    public JsonPath Select { get; init; } = JsonPath.Root;

    /// <summary>What each answer holds, whatever there is to tell; null where the model and <see cref="Select"/> say enough.</summary>
    public JsonPath? Holds { get; init; }

    /// <summary>The member of the configuration where it lands.</summary>
    public required string Field { get; init; }

    /// <summary>The errors that mean that the resource vanished since it was listed.</summary>
    public IReadOnlyList<ErrorMatch> Gone { get; init; } = [];

    public WhenEntry? When { get; init; }

    /// <summary>What the answer says while AWS still works on it: the call is then repeated after a pause. Null where each answer is final.</summary>
    public WhenEntry? While { get; init; }

    /// <summary>How the call is made for many items at once; null where each item takes a call of its own.</summary>
    public BatchEntry? Batch { get; init; }

    /// <summary>True where other calls or the item's Region depend on this one; the others are made side by side.</summary>
    public bool First { get; init; }

    /// <summary>True where the selected value is JSON as text.</summary>
    public bool DecodeJson { get; init; }

    /// <summary>Members of the selected value that hold JSON as text.</summary>
    public IReadOnlyList<string> DecodeFields { get; init; } = [];

    /// <summary>The members of the selected value that are stored; null for all but those of <see cref="Omit"/>.</summary>
    public KeptMembers? Keep { get; init; }

    /// <summary>Members, at any depth of the selected value, that are never stored.</summary>
    public IReadOnlyList<string> Omit { get; init; } = [];
}
