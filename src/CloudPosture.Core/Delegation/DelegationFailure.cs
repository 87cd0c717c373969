using System;
using CloudPosture.Aws;
using CloudPosture.Errors;

namespace CloudPosture.Delegation;

/// <summary>Says in plain words what went wrong, how things were left, and what to do.</summary>
internal static class DelegationFailure
{
    private const string Again = "Send it again with a new workflow id.";
    private const string Reviewer = "A reviewer needs iam:AcceptDelegationRequest, iam:GetDelegationRequest, iam:RejectDelegationRequest and iam:ListDelegationRequests, and iam:AssociateDelegationRequest, iam:UpdateDelegationRequest and iam:SendDelegationToken to take requests up, forward them and release the token.";

    public static DelegationException NotPartner(AwsServiceException refused) => new(
        DelegationError.NotPartner,
        $"AWS did not let {(refused.AccountId is { } account ? "account " + account : "this account")} send a delegation request. Only product providers that AWS has onboarded for temporary delegation may, each with its own policy templates; "
        + "if this account is one, the caller lacks iam:CreateDelegationRequest. Without it, make the role, or hand its template to the account's owner.",
        refused,
        new Advice("Make the role, or hand its template to the account's owner.", "DelegationNotPartner"));

    public static DelegationException AlreadySent(string workflowId, Exception? cause) => new(
        DelegationError.AlreadySent, $"AWS has seen the workflow id '{workflowId}' before. Send with a new one, or leave it out to have one made.", cause);

    public static DelegationException MissingPermission(AwsServiceException refused, string requestId) => new(
        DelegationError.MissingPermission,
        $"The permission iam:{refused.Operation} is missing for the delegation request {requestId}, or the request is not open to this identity. {Reviewer} Who lacks them may forward the request.",
        refused,
        new Advice("Grant the permission that the message names, or forward the request.", "DelegationForward"));

    public static DelegationException MissingListPermission(AwsServiceException refused) => new(
        DelegationError.MissingPermission, $"The permission iam:{refused.Operation} is missing. {Reviewer}", refused);

    public static DelegationException NotFound(string id, Exception? cause = null) => new(
        DelegationError.NotFound, $"There is no delegation request '{id}' here: neither in our records nor, for this account, at AWS.", cause, new Advice("List the requests there are.", "DelegationNotFound"));

    public static DelegationException Unconfirmed(DelegationRequest request, AwsServiceException cause) => new(
        DelegationError.Unconfirmed,
        $"Whether AWS took the delegation request {request.WorkflowId} is not known: {cause.Message} Its record is kept; the first notification from {request.NotificationTopic} confirms it. If none comes in a few minutes, send it again with a new workflow id.",
        cause);

    public static DelegationException WrongState(DelegationRequest request, string verb, AwsServiceException? cause = null) => new(
        DelegationError.WrongState,
        $"The delegation request {request.RequestId ?? request.WorkflowId} cannot be {verb}: it is {Words(request.State)}.{(cause is { ServiceMessage.Length: > 0 } ? $" AWS says: {cause.ServiceMessage.TrimEnd('.')}." : "")}",
        cause);

    public static DelegationException Rejected(DelegationRequest request) => new(
        DelegationError.Rejected,
        $"The delegation request {request.RequestId} was rejected{(string.IsNullOrEmpty(Reason(request)) ? "" : $" ({Reason(request)})")}. Nothing was created in account {request.OwnerAccountId}. {Again}",
        advice: SendAgain(request));

    public static DelegationException Expired(DelegationRequest request) => new(
        DelegationError.Expired,
        $"The delegation request {request.RequestId ?? request.WorkflowId} expired{(request.EndedIn is { } state ? $" while it was {Words(state)}" : "")}. Nothing was created in account {request.OwnerAccountId}. {Again}",
        advice: SendAgain(request));

    public static DelegationException NotApproved(DelegationRequest request) => new(
        DelegationError.WrongState,
        $"The delegation request {request.RequestId ?? request.WorkflowId} cannot be completed yet: it is {Words(request.State)}.",
        advice: new Advice("Wait for it.", "DelegationWait"));

    public static DelegationException NoToken(DelegationRequest request) => new(
        DelegationError.NoToken,
        $"The delegation request {request.RequestId} is finalized, but its exchange token is not in this session. Pass the message from {request.NotificationTopic} on here and complete again. "
        + $"If the token was used up by another session, nothing was created. {Again}",
        advice: new Advice("Pass the notification on in this session.", "DelegationNoToken", request.WorkflowId));

    public static DelegationException CredentialsLost(DelegationRequest request) => new(
        DelegationError.NoToken,
        $"The token of the delegation request {request.RequestId} was traded in by a session that has ended, and the delegated credentials ended with it. No stack was begun in account {request.OwnerAccountId}. {Again}",
        advice: SendAgain(request));

    public static DelegationException DeploymentUnknown(DelegationRequest request, Exception cause) => new(
        DelegationError.NoToken,
        $"The stack {request.Progress.StackName} was begun in account {request.OwnerAccountId}, and the delegated credentials that could follow it have ended. The role {request.Plan!.RoleName} cannot be entered: the stack is still under way, or it failed. "
        + $"Complete again in a few minutes; if that does not help, look at the stack in {request.Plan.Region} and delete it. {Again}",
        cause,
        SendAgain(request));

    public static DelegationException TokenRefused(DelegationRequest request, string code) => new(
        DelegationError.Expired,
        $"AWS did not take the exchange token of the delegation request {request.RequestId} ({code}): it was used before, or it has expired. Nothing was created by this session. {Again}",
        advice: SendAgain(request));

    public static DelegationException WrongAccount(DelegationRequest request, string account) => new(
        DelegationError.WrongState,
        $"The exchange token leads to account {account}, but the delegation request {request.RequestId} is for account {request.OwnerAccountId}. Nothing was created. Check who can write to {request.NotificationTopic}.");

    public static DelegationException SessionEnded(DelegationRequest request, Exception cause) => new(
        DelegationError.Expired,
        $"The delegated session for account {request.OwnerAccountId} has ended after {request.SessionDuration} seconds{(request.Progress.StackName is { } stack ? $", with the stack {stack} under way; CloudFormation may not finish it" : "; nothing was created")}. "
        + $"If completing again does not find the role, {Lower(Again)}",
        cause,
        SendAgain(request));

    public static DelegationException RolledBack(DelegationRequest request) => new(
        DelegationError.RolledBack,
        $"CloudFormation could not create the stack {request.Progress.StackName} in account {request.OwnerAccountId}: {request.Progress.Failure ?? "it did not say why."} "
        + (request.Progress.StackStatus == "DELETE_COMPLETE" ? "It was rolled back and deleted: nothing is left of it. " : $"The stack was left in {request.Progress.StackStatus}: delete it in {request.Plan!.Region}. ")
        + $"Remove the cause, then: {Lower(Again)}",
        advice: SendAgain(request));

    public static DelegationException Denied(DelegationRequest request, AwsServiceException refused) => new(
        DelegationError.MissingPermission,
        $"The delegated credentials may not do {refused.Service}:{refused.Operation} in account {request.OwnerAccountId}: the template's policy leaves it out, or the approver lacks it ({refused.ServiceMessage.TrimEnd('.')}). "
        + $"Let somebody with more rights approve, or have the template amended. {Again}",
        refused,
        SendAgain(request));

    public static DelegationException ConnectionFailed(DelegationRequest request, Exception cause) => new(
        DelegationError.ConnectionFailed,
        $"The role {request.Plan!.RoleName} was created and the connection '{request.Plan.Nickname}' is stored, but it does not work yet: {cause.Message} Complete again to repeat the test.",
        cause);

    public static DelegationException TimedOut(DelegationRequest request, TimeSpan timeout) => new(
        DelegationError.TimedOut,
        $"After {(timeout.TotalMinutes < 1 ? $"{timeout.TotalSeconds:0.#} seconds" : $"{timeout.TotalMinutes:0.#} minutes")} the delegation request {request.RequestId ?? request.WorkflowId} is still {Words(request.State)}. Nothing is lost: wait again at any time{(request.Expires is { } end ? $" until it expires at {end:u}" : "")}.");

    public static string Words(DelegationState state) => state switch
    {
        DelegationState.Sending => "being sent",
        DelegationState.Unassigned => "waiting to be taken up",
        DelegationState.Assigned => "taken up but not decided",
        DelegationState.PendingApproval => "waiting for an administrator's approval",
        DelegationState.Accepted => "approved, without its token released",
        DelegationState.Finalized => "finalized",
        DelegationState.Rejected => "rejected",
        _ => "expired",
    };

    private static string? Reason(DelegationRequest request) => request.RejectionReason ?? request.Notes;

    private static Advice SendAgain(DelegationRequest request) => new(Again, "DelegationSendAgain", request.WorkflowId);

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);
}
