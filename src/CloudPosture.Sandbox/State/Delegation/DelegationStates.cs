namespace CloudPosture.Sandbox.State.Delegation;

/// <summary>The states of a delegation request, as IAM spells them.</summary>
internal static class DelegationStates
{
    public const string Unassigned = "UNASSIGNED";
    public const string Assigned = "ASSIGNED";
    public const string PendingApproval = "PENDING_APPROVAL";
    public const string Accepted = "ACCEPTED";
    public const string Finalized = "FINALIZED";
    public const string Rejected = "REJECTED";
    public const string Expired = "EXPIRED";
}
