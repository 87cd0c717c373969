using CloudPosture.Posture.Publishing;

namespace CloudPosture.PowerShell.Publishing;

/// <summary>What was published of an account's Region.</summary>
public sealed record PosturePublication
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The Region; what is global is in the one in which its partition keeps it.</summary>
    public required string Region { get; init; }

    /// <summary>How it went.</summary>
    public required PublicationStatus Status { get; init; }

    /// <summary>How many failures were imported that were not there, or said something else.</summary>
    public required int Imported { get; init; }

    /// <summary>How many that were there were archived: they pass, are accepted, or are gone.</summary>
    public required int Archived { get; init; }

    /// <summary>How many were there already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>How many were refused; each of the first is an error of its own.</summary>
    public required int Failed { get; init; }

    internal static PosturePublication From(PublishedPlace place, PublicationOutcome outcome) => new()
    {
        AccountId = place.AccountId,
        Region = place.Region,
        Status = outcome.Failures.Count == 0 ? PublicationStatus.Complete : PublicationStatus.Incomplete,
        Imported = outcome.Imported,
        Archived = outcome.Archived,
        Unchanged = outcome.Unchanged,
        Failed = outcome.Failures.Count,
    };

    internal static PosturePublication NothingOf(PublishedPlace place) => new()
    {
        AccountId = place.AccountId,
        Region = place.Region,
        Status = PublicationStatus.Failed,
        Imported = 0,
        Archived = 0,
        Unchanged = 0,
        Failed = 0,
    };
}
