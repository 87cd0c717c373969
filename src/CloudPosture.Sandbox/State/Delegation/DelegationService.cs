using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox.State.Delegation;

/// <summary>IAM temporary delegation: requests, who may decide about them, and the credentials they end in.</summary>
internal static partial class DelegationService
{
    private static readonly TimeSpan LongestByRoot = TimeSpan.FromHours(4);

    public static void Register(HandlerTable table)
    {
        On(table, "iam", "CreateDelegationRequest", Create);
        On(table, "iam", "GetDelegationRequest", Get);
        On(table, "iam", "ListDelegationRequests", List);
        On(table, "iam", "AssociateDelegationRequest", Associate);
        On(table, "iam", "UpdateDelegationRequest", Update);
        On(table, "iam", "AcceptDelegationRequest", Accept);
        On(table, "iam", "SendDelegationToken", Send);
        On(table, "iam", "RejectDelegationRequest", Reject);
        On(table, "sts", "GetDelegatedAccessToken", Exchange);
    }

    private static void On(HandlerTable table, string service, string operation, Handler handler) => table[service, operation] = call =>
    {
        lock (call.World.Delegation.Gate)
        {
            return handler(call);
        }
    };

    private static Answer Create(CallContext call)
    {
        var desk = call.World.Delegation;
        if (!desk.IsPartner(call.Caller!.AccountId))
        {
            throw AuthErrors.Denied(call.Operation.Service, call.Caller.Arn, "iam:CreateDelegationRequest");
        }

        var workflow = Checked(call, "RequestorWorkflowId", 5, 400);
        Checked(call, "Description", 1, 1000);
        Checked(call, "NotificationChannel", 2, 400);
        Demand(call.Text("RequestMessage") is not { Length: > 200 }, "RequestMessage is too long.");
        Demand(call.Text("RedirectUrl") is not { } url || (url.Length <= 255 && RedirectForm().IsMatch(url)), "RedirectUrl is invalid.");
        Demand(call.Text("OwnerAccountId") is not { } owner || AccountForm().IsMatch(owner), "OwnerAccountId is invalid.");
        Demand(int.TryParse(call.Need("SessionDuration"), out var seconds) && seconds is >= 300 and <= 43200, "SessionDuration is invalid.");
        if (desk.IsUsed(call.Caller, workflow))
        {
            throw new AwsError("EntityAlreadyExists", $"A delegation request with workflow ID {workflow} already exists.", 409);
        }

        var (policy, boundaries) = desk.Templates.Render(call.Input["Permissions"] ?? throw Invalid("Permissions are missing."));
        var entry = desk.Add(call.Caller, call.Input.DeepClone().AsObject(), policy, boundaries);
        return new JsonObject
        {
            ["DelegationRequestId"] = entry.Id,
            ["ConsoleDeepLink"] = $"https://signin.aws.amazon.com/delegation?requestId={entry.Id}",
        };
    }

    private static Answer Get(CallContext call)
    {
        var entry = Find(call);
        var answer = new JsonObject { ["DelegationRequest"] = entry.Describe() };
        if (call.Text("DelegationPermissionCheck") == "true")
        {
            answer["PermissionCheckStatus"] = "COMPLETE";
            answer["PermissionCheckResult"] = PolicyMatch.AllowedActions(entry.Policy).All(action => Authorizer.MayDo(call.World, call.Caller!, action, isWrite: true)) ? "ALLOWED" : "DENIED";
        }

        return answer;
    }

    private static Answer List(CallContext call) => Answer.Of("DelegationRequests", [.. call.World.Delegation.All()
        .Where(entry => entry.Owner?.AccountId == call.Caller!.AccountId && (call.Text("OwnerId") is not { } owner || entry.Owner.Arn == owner))
        .Select(entry => entry.Describe())]);

    private static Answer Associate(CallContext call)
    {
        var entry = Find(call, DelegationStates.Unassigned);
        entry.Owner = call.Caller;
        return Entered(call, entry, DelegationStates.Assigned);
    }

    private static Answer Update(CallContext call)
    {
        var entry = Find(call, DelegationStates.Assigned);
        DemandOwner(call, entry);
        entry.Notes = Notes(call) ?? entry.Notes;
        return Entered(call, entry, DelegationStates.PendingApproval);
    }

    private static Answer Accept(CallContext call)
    {
        var entry = Find(call, DelegationStates.Assigned, DelegationStates.PendingApproval);
        if (entry.State == DelegationStates.Assigned)
        {
            DemandOwner(call, entry);
        }

        Demand(call.Caller!.Kind != PrincipalKind.Root || entry.SessionDuration <= LongestByRoot, "A root user can approve at most 4 hours.");
        entry.Approver = call.Caller;
        return Entered(call, entry, DelegationStates.Accepted);
    }

    private static Answer Send(CallContext call)
    {
        var entry = Find(call, DelegationStates.Accepted);
        if (entry.OnlySendByOwner)
        {
            DemandOwner(call, entry);
        }

        call.World.Delegation.Release(entry);
        return new JsonObject();
    }

    private static Answer Reject(CallContext call)
    {
        var entry = Find(call, DelegationStates.Assigned, DelegationStates.PendingApproval, DelegationStates.Accepted);
        entry.RejectionReason = Notes(call);
        return Entered(call, entry, DelegationStates.Rejected);
    }

    /// <summary>A token is good for one call. Who holds it acts with the approver's rights, as far as the policy goes.</summary>
    private static Answer Exchange(CallContext call)
    {
        var token = call.Need("TradeInToken");
        var now = call.World.Clock.GetUtcNow();
        if (call.World.Delegation.FindByToken(token) is not { Approver: { } approver } entry || entry.Updated + entry.SessionDuration <= now)
        {
            throw new AwsError("ExpiredTradeInTokenException", "The trade-in token has expired or was used.");
        }

        if (entry.Requestor.AccountId != call.Caller!.AccountId)
        {
            throw AuthErrors.Denied(call.Operation.Service, call.Caller.Arn, "sts:GetDelegatedAccessToken");
        }

        entry.Token = null;
        var principal = approver with { SessionPolicy = entry.Policy, RoleBoundaries = entry.Boundaries };
        var key = call.World.Keys.IssueSession(principal, entry.Updated + entry.SessionDuration);
        return new JsonObject { ["Credentials"] = StsService.Credentials(key), ["PackedPolicySize"] = 10, ["AssumedPrincipal"] = approver.Arn };
    }

    /// <summary>Finds a request that is open to the caller, in one of some states. Its sender cannot see it once it is addressed to an account.</summary>
    private static DelegationEntry Find(CallContext call, params ReadOnlySpan<string> states)
    {
        var entry = call.World.Delegation.Find(call.Need("DelegationRequestId")) ?? throw new AwsError("NoSuchEntity", "The delegation request does not exist.", 404);
        if (entry.OwnerAccountId is { } owner && owner != call.Caller!.AccountId)
        {
            throw AuthErrors.Denied(call.Operation.Service, call.Caller.Arn, Authorizer.ActionOf(call.World, call.Operation));
        }

        return states.Length == 0 || states.Contains(entry.State)
            ? entry
            : throw Invalid($"The delegation request is in state {entry.State}.");
    }

    private static JsonObject Entered(CallContext call, DelegationEntry entry, string state)
    {
        call.World.Delegation.Enter(entry, state);
        return [];
    }

    private static void DemandOwner(CallContext call, DelegationEntry entry)
    {
        if (entry.Owner?.Arn != call.Caller!.Arn)
        {
            throw AuthErrors.Denied(call.Operation.Service, call.Caller.Arn, Authorizer.ActionOf(call.World, call.Operation));
        }
    }

    private static string? Notes(CallContext call)
    {
        Demand(call.Text("Notes") is not { Length: > 500 }, "Notes are too long.");
        return call.Text("Notes");
    }

    private static string Checked(CallContext call, string member, int shortest, int longest)
    {
        var text = call.Need(member);
        Demand(text.Length >= shortest && text.Length <= longest, $"{member} is invalid.");
        return text;
    }

    private static void Demand(bool condition, string message)
    {
        if (!condition)
        {
            throw Invalid(message);
        }
    }

    private static AwsError Invalid(string message) => new("InvalidInput", message);

    [GeneratedRegex(@"^https?://[^:/%]+(/[^%]*)?$")]
    private static partial Regex RedirectForm();

    [GeneratedRegex(@"^\d{12}$")]
    private static partial Regex AccountForm();
}
