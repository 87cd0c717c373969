using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws;

/// <summary>One call of an AWS operation.</summary>
public sealed record AwsCall
{
    /// <summary>The operation, as <see cref="ServiceModels"/> describe it.</summary>
    public required OperationModel Operation { get; init; }

    /// <summary>
    /// The input as an object with official member names; <c>default</c> means no members. Timestamps are ISO 8601 texts or Unix
    /// seconds, blobs base64; text is taken for numbers and booleans.
    /// </summary>
    public JsonElement Input { get; init; }

    /// <summary>Whom the call is signed as, and where it goes.</summary>
    public required AwsTarget Target { get; init; }

    /// <summary>
    /// True where the caller reads the answer and disposes it before it waits for anything else. Few large answers of this kind
    /// exist at a time, so that memory stays flat however many arrive together.
    /// </summary>
    public bool IsDigestedAtOnce { get; init; }
}
