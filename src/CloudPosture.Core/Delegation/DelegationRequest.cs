using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Delegation;

/// <summary>A delegation request: our own record of one we sent, what IAM answers about one, or both joined. It holds no secret.</summary>
public sealed record DelegationRequest
{
    /// <summary>AWS's id, 16–128 characters; null while sending is not confirmed.</summary>
    public string? RequestId { get; init; }

    /// <summary>The sender's own id; null for requests of others.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Where it stands.</summary>
    public DelegationState State { get; init; }

    /// <summary>Where it stood before it was rejected or expired; null in other states, or where that is not known.</summary>
    public DelegationState? EndedIn { get; init; }

    /// <summary>The account asked, 12 digits.</summary>
    public string? OwnerAccountId { get; init; }

    /// <summary>The identity of that account that has taken the request up.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The identity that approved it.</summary>
    public string? ApproverId { get; init; }

    /// <summary>The sender's account.</summary>
    public string? RequestorId { get; init; }

    /// <summary>The sender's name as AWS shows it.</summary>
    public string? RequestorName { get; init; }

    /// <summary>What is asked, in the sender's words.</summary>
    public string? Description { get; init; }

    /// <summary>The sender's word to the reviewer.</summary>
    public string? Message { get; init; }

    /// <summary>The policy template.</summary>
    public string? PolicyTemplateArn { get; init; }

    /// <summary>The template's parameters.</summary>
    public IReadOnlyList<DelegationParameter> Parameters { get; init; } = [];

    /// <summary>The policy that the template comes to, as JSON ("View JSON"); null until IAM has answered it.</summary>
    public string? PermissionPolicy { get; init; }

    /// <summary>The policies of which one must bound each role that is made.</summary>
    public IReadOnlyList<string> PermissionsBoundaries { get; init; } = [];

    /// <summary>Seconds that the delegated credentials last, 300–43,200.</summary>
    public int SessionDuration { get; init; }

    /// <summary>The SNS topic that is told of changes.</summary>
    public string? NotificationTopic { get; init; }

    /// <summary>Where the console leads the reviewer afterwards.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>True where only the owner may release the exchange token.</summary>
    public bool OnlySendByOwner { get; init; }

    /// <summary>The reviewer's notes.</summary>
    public string? Notes { get; init; }

    /// <summary>Why it was rejected.</summary>
    public string? RejectionReason { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When its state last changed, in UTC.</summary>
    public DateTimeOffset Updated { get; init; }

    /// <summary>When it expires unless somebody acts; null where it cannot any more.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Where it is reviewed in the AWS console.</summary>
    public string? ConsoleLink { get; init; }

    /// <summary>Whether the caller has the rights the policy delegates: <c>ALLOWED</c>, <c>DENIED</c> or <c>UNSURE</c>; null where that was not asked or not settled.</summary>
    public string? PermissionCheckResult { get; init; }

    /// <summary>How far that check is: <c>COMPLETE</c>, <c>IN_PROGRESS</c> or <c>FAILED</c>; null where it was not asked.</summary>
    public string? PermissionCheckStatus { get; init; }

    /// <summary>What is made once it is approved; null for requests of others.</summary>
    public DelegationPlan? Plan { get; init; }

    /// <summary>How far that is.</summary>
    public DelegationProgress Progress { get; init; } = new();

    /// <summary>The time left until it expires; null where it cannot.</summary>
    /// <param name="now">The present.</param>
    public TimeSpan? TimeLeft(DateTimeOffset now) => Expires is not { } end ? null : end > now ? end - now : TimeSpan.Zero;

    /// <summary>The request in another state, with the expiry that goes with it.</summary>
    internal DelegationRequest In(DelegationState state, DateTimeOffset since) =>
        state == State ? this : this with { State = state, EndedIn = EndOf(state), Updated = since, Expires = state.Expiry(since) };

    /// <summary>The request as the passing of time has left it.</summary>
    internal DelegationRequest At(DateTimeOffset now) => Expires is { } end && end <= now ? In(DelegationState.Expired, end) : this;

    /// <summary>Takes over what IAM answers; our own plan, links and progress stay.</summary>
    internal DelegationRequest Join(JsonElement answer)
    {
        var updated = Time(answer, "UpdatedTime") ?? Time(answer, "CreateDate") ?? Updated;
        var state = DelegationStates.TryParse(answer.Text("State"), out var told) ? told : State;
        return this with
        {
            RequestId = answer.Text("DelegationRequestId") ?? RequestId,
            State = state,
            EndedIn = state == State ? EndedIn : EndOf(state),
            OwnerAccountId = answer.Text("OwnerAccountId") ?? OwnerAccountId,
            OwnerId = answer.Text("OwnerId") ?? OwnerId,
            ApproverId = answer.Text("ApproverId") ?? ApproverId,
            RequestorId = answer.Text("RequestorId") ?? RequestorId,
            RequestorName = answer.Text("RequestorName") ?? RequestorName,
            Description = answer.Text("Description") ?? Description,
            Message = answer.Text("RequestMessage") ?? Message,
            PolicyTemplateArn = Member(answer, "Permissions").Text("PolicyTemplateArn") ?? PolicyTemplateArn,
            Parameters = ParametersOf(Member(answer, "Permissions")) ?? Parameters,
            PermissionPolicy = Json(answer, "PermissionPolicy") ?? PermissionPolicy,
            PermissionsBoundaries = Texts(answer, "RolePermissionRestrictionArns") ?? PermissionsBoundaries,
            SessionDuration = Member(answer, "SessionDuration") is { ValueKind: JsonValueKind.Number } seconds ? seconds.GetInt32() : SessionDuration,
            RedirectUrl = answer.Text("RedirectUrl") ?? RedirectUrl,
            OnlySendByOwner = Member(answer, "OnlySendByOwner") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean() : OnlySendByOwner,
            Notes = answer.Text("Notes") ?? Notes,
            RejectionReason = answer.Text("RejectionReason") ?? RejectionReason,
            Created = Time(answer, "CreateDate") ?? Created,
            Updated = updated,
            Expires = state.IsFinal() ? null : Time(answer, "ExpirationTime") ?? state.Expiry(updated),
        };
    }

    private DelegationState? EndOf(DelegationState next) => next is DelegationState.Rejected or DelegationState.Expired && !State.IsFinal() ? State : null;

    private static JsonElement Member(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) ? value : default;

    // The client decodes policy documents to objects.
    private static string? Json(JsonElement answer, string name) => Member(answer, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } policy => policy.GetRawText(),
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement answer, string name) =>
        Member(answer, name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;

    private static IReadOnlyList<string>? Texts(JsonElement answer, string name)
    {
        if (Member(answer, name) is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            texts.Add(item.GetString()!);
        }

        return texts;
    }

    private static IReadOnlyList<DelegationParameter>? ParametersOf(JsonElement permissions)
    {
        if (Member(permissions, "Parameters") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var parameters = new List<DelegationParameter>();
        foreach (var item in list.EnumerateArray())
        {
            parameters.Add(new DelegationParameter { Name = item.Text("Name")!, Values = Texts(item, "Values") ?? [], IsList = item.Text("Type") == "stringList" });
        }

        return parameters;
    }
}
