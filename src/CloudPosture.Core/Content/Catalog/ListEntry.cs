using System.Collections.Generic;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>The call that lists the items of a type.</summary>
internal sealed record ListEntry : OperationEntry
{
    /// <summary>Where the items are; <see cref="JsonPath.Root"/> where the answer itself is the one item.</summary>
    public required JsonPath Items { get; init; }

    /// <summary>For items that are scalars: the member that wraps them.</summary>
    public string? ItemField { get; init; }

    /// <summary>True where <see cref="Items"/> leads to the one item rather than to a list.</summary>
    public bool Single { get; init; }

    /// <summary>Which of the items are meant; null for all.</summary>
    public WhereEntry? Where { get; init; }

    /// <summary>The call is made once for each of these values of one input member.</summary>
    public EachEntry? Each { get; init; }

    /// <summary>The call is made once for each harvested resource of other types.</summary>
    public WalkEntry? Walk { get; init; }

    /// <summary>A call that must report completion first (GenerateCredentialReport).</summary>
    public OperationEntry? Prepare { get; init; }

    /// <summary>Where the items of other types are that the same answer lists, when they are read together.</summary>
    public IReadOnlyList<JsonPath> Others { get; init; } = [];

    /// <summary>What calls have in common that are one; null for a call that is the type's alone.</summary>
    public string? Together => Each is null && Walk is null && Prepare is null && !Single && !IsCredentialReport && Absent.Count == 0 && Input.Constant is { } input
        ? $"{Operation} {input.GetRawText()}"
        : null;

    /// <summary>True where the answer is of CloudTrail's event history: the call is made once for each event name, and the items are the principals.</summary>
    public bool IsEventHistory { get; init; }

    /// <summary>True where the items are the lines of IAM's credential report.</summary>
    public bool IsCredentialReport { get; init; }
}
