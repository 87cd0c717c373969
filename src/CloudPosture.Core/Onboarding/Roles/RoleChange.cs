using System.Text.Json.Nodes;

namespace CloudPosture.Onboarding.Roles;

/// <summary>One change of a plan: a call, and the call that takes it back.</summary>
public sealed record RoleChange
{
    /// <summary>What is changed: an ARN.</summary>
    public required string Target { get; init; }

    /// <summary>What is done, in words (<c>Attach the policy SecurityAudit</c>).</summary>
    public required string Action { get; init; }

    /// <summary>True where something that exists is altered or removed.</summary>
    public bool IsRepair { get; init; }

    /// <summary>The operation of IAM.</summary>
    public required string Operation { get; init; }

    internal JsonObject Input { get; init; } = [];

    /// <summary>Null where the change cannot be taken back.</summary>
    internal RoleUndo? Undo { get; init; }
}
