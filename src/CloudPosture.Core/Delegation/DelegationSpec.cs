using System;
using System.Collections.Generic;

namespace CloudPosture.Delegation;

/// <summary>A delegation request to be sent.</summary>
public sealed record DelegationSpec
{
    /// <summary>What is made once it is approved.</summary>
    public required DelegationPlan Plan { get; init; }

    /// <summary>The account asked, 12 digits; for an organization its management account.</summary>
    public required string OwnerAccountId { get; init; }

    /// <summary>The policy template registered with AWS (<c>arn:aws:iam:::delegation-template/NAME</c>).</summary>
    public required string PolicyTemplateArn { get; init; }

    /// <summary>The template's parameters, at most 50.</summary>
    public IReadOnlyList<DelegationParameter> Parameters { get; init; } = [];

    /// <summary>The sender's copy of the template, to show what it comes to; null where there is none.</summary>
    public string? PolicyTemplate { get; init; }

    /// <summary>What the owner reads first, at most 1,000 characters of Latin-1.</summary>
    public required string Description { get; init; }

    /// <summary>A word to the reviewer, at most 200 characters; null for none.</summary>
    public string? Message { get; init; }

    /// <summary>Seconds that the delegated credentials last, 300–43,200.</summary>
    public int SessionDuration { get; init; } = 3600;

    /// <summary>The SNS topic that AWS tells of every change, and sends the exchange token to.</summary>
    public required string NotificationTopic { get; init; }

    /// <summary>Where the console leads the reviewer afterwards; null for nowhere.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>True where nobody but the request's owner may release the exchange token.</summary>
    public bool OnlySendByOwner { get; init; }

    /// <summary>What tells this request from all others ever sent, 5–400 characters.</summary>
    public string WorkflowId { get; init; } = NewWorkflowId();

    /// <summary>Makes an id that was never used.</summary>
    public static string NewWorkflowId() => "cloudposture-" + Guid.NewGuid().ToString("D");
}
