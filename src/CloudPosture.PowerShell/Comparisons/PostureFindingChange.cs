using System;
using CloudPosture.Findings.Differences;
using CloudPosture.Lake.Findings;

namespace CloudPosture.PowerShell.Comparisons;

/// <summary>A finding that became another between two moments of the lake.</summary>
public sealed record PostureFindingChange
{
    /// <summary>What became of it.</summary>
    public required FindingChange Change { get; init; }

    /// <summary>The rule's severity.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's title.</summary>
    public required string Title { get; init; }

    /// <summary>The status before; null where there was no finding.</summary>
    public required FindingStatus? Before { get; init; }

    /// <summary>The status after; null where there is nothing any more.</summary>
    public required FindingStatus? After { get; init; }

    /// <summary>What decided before; empty where there was no finding.</summary>
    public required string EvidenceBefore { get; init; }

    /// <summary>What decided after; empty where there is nothing any more.</summary>
    public required string EvidenceAfter { get; init; }

    /// <summary>The catalog's name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>The CloudFormation type.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The resource's id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The resource's name.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The resource's ARN.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>The Region, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>Since when it is so, in UTC; null in lakes of old.</summary>
    public required DateTimeOffset? StatusSince { get; init; }

    /// <summary>The finding, in every harvest the same.</summary>
    public required string FindingId { get; init; }

    internal static PostureFindingChange From(FindingDifference difference)
    {
        var latest = difference.Latest;
        return new PostureFindingChange
        {
            Change = difference.Change,
            Severity = latest.Severity,
            RuleId = latest.RuleId,
            Title = latest.Title,
            Before = difference.Before?.Status,
            After = difference.After?.Status,
            EvidenceBefore = difference.Before?.Evidence ?? "",
            EvidenceAfter = difference.After?.Evidence ?? "",
            Service = latest.Service,
            ResourceType = latest.ResourceType,
            ResourceId = latest.ResourceId,
            ResourceName = latest.ResourceName,
            ResourceArn = latest.ResourceArn,
            Region = latest.Region,
            AccountId = latest.AccountId,
            AccountName = latest.AccountName,
            StatusSince = difference.After?.StatusSince,
            FindingId = latest.FindingId,
        };
    }
}
