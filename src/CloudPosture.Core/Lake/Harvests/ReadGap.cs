namespace CloudPosture.Lake.Harvests;

/// <summary>Something that should have been read and was not. A rule that needs it answers NotAssessed.</summary>
public sealed record ReadGap
{
    /// <summary>The catalog's name of the service (<c>s3</c>).</summary>
    public required string Service { get; init; }

    /// <summary>The resource type that is missing or incomplete.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The field of one resource's configuration; null where the whole list of the type could not be read.</summary>
    public string? Field { get; init; }

    /// <summary>The Region asked, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The API operation that failed (<c>GetBucketPolicy</c>).</summary>
    public required string Operation { get; init; }

    /// <summary>The IAM action it needs (<c>s3:GetBucketPolicy</c>).</summary>
    public string? Action { get; init; }

    /// <summary>Why, in one word.</summary>
    public required GapReason Reason { get; init; }

    /// <summary>AWS's error code, or ours for what never reached AWS.</summary>
    public required string Code { get; init; }

    /// <summary>AWS's message.</summary>
    public required string Message { get; init; }
}
