using System;
using System.Linq;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>A delegation request as the pipeline sees it: scalars alone, and no secret.</summary>
public sealed record DelegationRequestInfo
{
    /// <summary>AWS's id; empty while sending is not confirmed.</summary>
    public required string RequestId { get; init; }

    /// <summary>Where it stands.</summary>
    public required DelegationState State { get; init; }

    /// <summary>The connection it is to end in; empty for requests of others.</summary>
    public required string Nickname { get; init; }

    /// <summary>The account asked, 12 digits.</summary>
    public required string OwnerAccountId { get; init; }

    /// <summary>The role that is to be made; empty for requests of others.</summary>
    public required string RoleName { get; init; }

    /// <summary>When it expires unless somebody acts, in UTC; null where it cannot.</summary>
    public required DateTimeOffset? Expires { get; init; }

    /// <summary>The time left until then; null where it cannot expire.</summary>
    public required TimeSpan? TimeLeft { get; init; }

    /// <summary>How far its completion is.</summary>
    public required DelegationStep Step { get; init; }

    /// <summary>True where this session holds what a completion needs.</summary>
    public required bool HasToken { get; init; }

    /// <summary>Where it is reviewed in the AWS console.</summary>
    public required string ConsoleLink { get; init; }

    /// <summary>The sender's own id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Account or Organization; empty for requests of others.</summary>
    public required string Kind { get; init; }

    /// <summary>The identity that has taken it up.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The identity that approved it.</summary>
    public required string ApproverId { get; init; }

    /// <summary>The sender, as AWS shows it.</summary>
    public required string RequestorName { get; init; }

    /// <summary>The sender's account.</summary>
    public required string RequestorId { get; init; }

    /// <summary>What is asked, in the sender's words.</summary>
    public required string Description { get; init; }

    /// <summary>The sender's word to the reviewer.</summary>
    public required string Message { get; init; }

    /// <summary>The policy template.</summary>
    public required string PolicyTemplateArn { get; init; }

    /// <summary>The policy that would be delegated, as JSON; empty where it is not known yet.</summary>
    public required string PermissionPolicy { get; init; }

    /// <summary>The policies of which one bounds each role that is made, separated by commas.</summary>
    public required string PermissionsBoundaries { get; init; }

    /// <summary>Whether the caller has the rights that would be delegated: ALLOWED, DENIED, UNSURE or how far the check is; empty where that was not asked.</summary>
    public required string PermissionCheck { get; init; }

    /// <summary>Seconds that the delegated credentials last.</summary>
    public required int SessionDuration { get; init; }

    /// <summary>True where only the owner may release the token.</summary>
    public required bool OnlySendByOwner { get; init; }

    /// <summary>The reviewer's notes.</summary>
    public required string Notes { get; init; }

    /// <summary>Why it was rejected.</summary>
    public required string RejectionReason { get; init; }

    /// <summary>The stack of its completion; empty before there is one.</summary>
    public required string StackName { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When its state last changed, in UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The request's id.</summary>
    public override string ToString() => RequestId;

    internal static DelegationRequestInfo From(DelegationRequest request, DelegationSecrets? secrets) => new()
    {
        RequestId = request.RequestId ?? "",
        State = request.State,
        Nickname = request.Plan?.Nickname ?? "",
        OwnerAccountId = request.OwnerAccountId ?? "",
        RoleName = request.Plan?.RoleName ?? "",
        Expires = request.Expires,
        TimeLeft = request.TimeLeft(DateTimeOffset.UtcNow),
        Step = request.Progress.Step,
        HasToken = request.RequestId is { } id && secrets?.Has(id) == true,
        ConsoleLink = request.ConsoleLink ?? "",
        WorkflowId = request.WorkflowId ?? "",
        Kind = request.Plan?.Kind.ToString() ?? "",
        OwnerId = request.OwnerId ?? "",
        ApproverId = request.ApproverId ?? "",
        RequestorName = request.RequestorName ?? "",
        RequestorId = request.RequestorId ?? "",
        Description = request.Description ?? "",
        Message = request.Message ?? "",
        PolicyTemplateArn = request.PolicyTemplateArn ?? "",
        PermissionPolicy = request.PermissionPolicy ?? "",
        PermissionsBoundaries = string.Join(",", request.PermissionsBoundaries.Concat(request.Plan?.PermissionsBoundary is { } own ? [own] : []).Distinct()),
        PermissionCheck = request.PermissionCheckResult ?? request.PermissionCheckStatus ?? "",
        SessionDuration = request.SessionDuration,
        OnlySendByOwner = request.OnlySendByOwner,
        Notes = request.Notes ?? "",
        RejectionReason = request.RejectionReason ?? "",
        StackName = request.Progress.StackName ?? "",
        Created = request.Created,
        Updated = request.Updated,
    };
}
