using System;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.PowerShell.Gaps;

/// <summary>Something that should have been read and was not, as the pipeline sees it.</summary>
public sealed record PostureGap
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The catalog's name of the service (<c>s3</c>).</summary>
    public required string Service { get; init; }

    /// <summary>The CloudFormation type that is missing or incomplete; <c>*</c> for the whole service.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The field that could not be read; empty where the whole list of the type could not.</summary>
    public required string Field { get; init; }

    /// <summary>The Region asked, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The API operation that failed.</summary>
    public required string Operation { get; init; }

    /// <summary>The IAM action it needs (<c>s3:GetBucketPolicy</c>).</summary>
    public required string Action { get; init; }

    /// <summary>Why, in one word.</summary>
    public required GapReason Reason { get; init; }

    /// <summary>AWS's error code, or ours for what never reached AWS.</summary>
    public required string Code { get; init; }

    /// <summary>AWS's message.</summary>
    public required string Message { get; init; }

    /// <summary>The connection it was to be read through.</summary>
    public required string Connection { get; init; }

    /// <summary>When it was tried, in UTC.</summary>
    public required DateTimeOffset HarvestedAt { get; init; }

    /// <summary>The harvest that could not read it.</summary>
    public required string HarvestId { get; init; }

    internal static PostureGap From(AccountGap found) => new()
    {
        AccountId = found.AccountId,
        AccountName = found.AccountName,
        Service = found.Gap.Service,
        ResourceType = found.Gap.ResourceType,
        Field = found.Gap.Field ?? "",
        Region = found.Gap.Region,
        Operation = found.Gap.Operation,
        Action = found.Gap.Action ?? "",
        Reason = found.Gap.Reason,
        Code = found.Gap.Code,
        Message = found.Gap.Message,
        Connection = found.Connection,
        HarvestedAt = found.HarvestedAt,
        HarvestId = found.HarvestId,
    };
}
