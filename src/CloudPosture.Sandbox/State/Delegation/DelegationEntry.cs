using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State.Delegation;

/// <summary>A delegation request as it stands.</summary>
internal sealed class DelegationEntry
{
    public required string Id { get; init; }

    public required Principal Requestor { get; init; }

    /// <summary>The input of CreateDelegationRequest.</summary>
    public required JsonObject Input { get; init; }

    public required string Policy { get; init; }

    public required IReadOnlyList<string> Boundaries { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string State { get; private set; } = DelegationStates.Unassigned;

    public DateTimeOffset Updated { get; private set; }

    public Principal? Owner { get; set; }

    public Principal? Approver { get; set; }

    public string? Notes { get; set; }

    public string? RejectionReason { get; set; }

    public string? Token { get; set; }

    public string WorkflowId => (string)Input["RequestorWorkflowId"]!;

    public string Topic => (string)Input["NotificationChannel"]!;

    public TimeSpan SessionDuration => TimeSpan.FromSeconds(int.Parse(Scalars.Text(Input["SessionDuration"]!), System.Globalization.CultureInfo.InvariantCulture));

    public bool OnlySendByOwner => Input["OnlySendByOwner"] is { } flag && Scalars.Text(flag) == "true";

    public string? OwnerAccountId => (string?)Input["OwnerAccountId"] ?? Owner?.AccountId;

    public DateTimeOffset? Expires => State switch
    {
        DelegationStates.Unassigned => Updated.AddDays(1),
        DelegationStates.Assigned or DelegationStates.PendingApproval or DelegationStates.Accepted => Updated.AddDays(7),
        _ => null,
    };

    public void Enter(string state, DateTimeOffset now) => (State, Updated) = (state, now);

    public JsonObject Describe()
    {
        var description = new JsonObject
        {
            ["DelegationRequestId"] = Id,
            ["RequestorId"] = Requestor.AccountId,
            ["RequestorName"] = "Acme Posture",
            ["State"] = State,
            ["PermissionPolicy"] = Policy,
            ["RolePermissionRestrictionArns"] = Json.Texts(Boundaries),
            ["SessionDuration"] = (int)SessionDuration.TotalSeconds,
            ["OnlySendByOwner"] = OnlySendByOwner,
            ["CreateDate"] = WireTime.Text(Created),
            ["UpdatedTime"] = WireTime.Text(Updated),
        };
        Put(description, "OwnerAccountId", OwnerAccountId);
        Put(description, "OwnerId", Owner?.Arn);
        Put(description, "ApproverId", Approver?.Arn);
        Put(description, "Notes", Notes);
        Put(description, "RejectionReason", RejectionReason);
        Put(description, "ExpirationTime", Expires is { } end ? WireTime.Text(end) : null);
        foreach (var member in new[] { "Description", "RequestMessage", "Permissions", "RedirectUrl" }.Where(Input.ContainsKey))
        {
            description[member] = Input[member]!.DeepClone();
        }

        return description;
    }

    private static void Put(JsonObject description, string member, string? value)
    {
        if (value is not null)
        {
            description[member] = value;
        }
    }
}
