namespace CloudPosture.Graph;

/// <summary>A node of the graph: a resource, or something that a resource names and nobody harvested.</summary>
public sealed record GraphNode
{
    /// <summary>The CloudFormation type.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The name a person gave it, or its id.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The ARN; null for an outside node that is known by its id alone.</summary>
    public required string? ResourceArn { get; init; }

    /// <summary>The account, 12 digits; empty where that is not known.</summary>
    public required string AccountId { get; init; }

    /// <summary>The Region, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>True where it was not harvested.</summary>
    public required bool IsOutside { get; init; }
}
