using System;

namespace CloudPosture.Sandbox.Auth;

/// <summary>Who a key belongs to.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Arn">The ARN that GetCallerIdentity answers.</param>
/// <param name="UserId">The unique id that goes with it.</param>
/// <param name="Kind">User, role session or root.</param>
/// <param name="Name">The user's or role's name.</param>
internal sealed record Principal(string AccountId, string Arn, string UserId, PrincipalKind Kind, string Name)
{
    /// <summary>True for the principals that may write (the sandbox's administrator).</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>What a user may do, as a policy; null where its kind decides.</summary>
    public string? Policy { get; init; }

    /// <summary>The policy that limits the session beyond its principal's own rights; null for none.</summary>
    public string? SessionPolicy { get; init; }

    /// <summary>The policies of which one must bound each role that the session makes; null where none must.</summary>
    public System.Collections.Generic.IReadOnlyList<string>? RoleBoundaries { get; init; }

    /// <summary>The ARN trust policies name: the role's for a session, else <see cref="Arn"/>.</summary>
    public string IdentityArn => Kind == PrincipalKind.RoleSession
        ? $"arn:aws:iam::{AccountId}:role/{Name}"
        : Arn;

    public bool IsIn(string account) => string.Equals(AccountId, account, StringComparison.Ordinal);
}
