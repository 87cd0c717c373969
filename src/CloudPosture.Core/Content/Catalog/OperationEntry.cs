using System.Collections.Generic;
using System.Text.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>A call the harvest makes.</summary>
internal record OperationEntry
{
    /// <summary>The official name (<c>ListBuckets</c>).</summary>
    public required string Operation { get; init; }

    /// <summary>The IAM action, where it is not the service's prefix and the operation.</summary>
    public string? Action { get; init; }

    public InputTemplate Input { get; init; } = InputTemplate.Empty;

    /// <summary>The members of the input that are the same in every call.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Constants() => Input.Constants();

    /// <summary>The errors that mean "there is none".</summary>
    public IReadOnlyList<ErrorMatch> Absent { get; init; } = [];

    /// <summary>True where AWS leaves out of an answer what is asked for, if there is none, or where nothing tells whether it does. Elsewhere an answer without it is none.</summary>
    public bool Optional { get; init; }
}
