using System;
using CloudPosture.Findings.Differences;

namespace CloudPosture.PowerShell.Comparisons;

/// <summary>A resource that came or went between two moments of the lake, or a member of one that changed.</summary>
public sealed record PostureResourceChange
{
    /// <summary>What became of it.</summary>
    public required ResourceChange Change { get; init; }

    /// <summary>The CloudFormation type.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The resource's name.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The resource's id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The resource's ARN.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>The member that changed (<c>Versioning.Status</c>, <c>Tags.Stage</c>); empty for a resource that came or went.</summary>
    public required string Member { get; init; }

    /// <summary>What the member was, as text or JSON; null for nothing.</summary>
    public required string? Before { get; init; }

    /// <summary>What it is; null for nothing.</summary>
    public required string? After { get; init; }

    /// <summary>The Region, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>When the resource was last read, in UTC.</summary>
    public required DateTimeOffset HarvestedAt { get; init; }

    internal static PostureResourceChange From(ResourceDifference difference) => new()
    {
        Change = difference.Change,
        ResourceType = difference.Resource.Type,
        ResourceName = difference.Resource.Name,
        ResourceId = difference.Resource.Id,
        ResourceArn = difference.Resource.Arn,
        Member = difference.Member,
        Before = difference.Before,
        After = difference.After,
        Region = difference.Resource.Region,
        AccountId = difference.Resource.AccountId,
        AccountName = difference.Resource.AccountName,
        HarvestedAt = difference.Resource.HarvestedAt,
    };
}
