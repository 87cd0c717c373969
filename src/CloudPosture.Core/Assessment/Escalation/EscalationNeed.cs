namespace CloudPosture.Assessment.Escalation;

/// <summary>What must hold for a method beside the actions.</summary>
internal enum EscalationNeed : byte
{
    /// <summary>The user has fewer access keys than the two that IAM allows.</summary>
    FreeKey,

    /// <summary>The user has a password.</summary>
    Password,

    /// <summary>The user has no password.</summary>
    NoPassword,

    /// <summary>The role has an instance profile.</summary>
    InstanceProfile,

    /// <summary>The holder has a boundary.</summary>
    Boundary,

    /// <summary>Systems Manager reaches the instance.</summary>
    ManagedInstance,

    /// <summary>The account manages the organization.</summary>
    ManagementAccount,

    /// <summary>The one who acts is a user.</summary>
    IsUser,

    /// <summary>The one who acts is a role.</summary>
    IsRole,
}
