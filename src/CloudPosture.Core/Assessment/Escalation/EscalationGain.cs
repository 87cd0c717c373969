namespace CloudPosture.Assessment.Escalation;

/// <summary>What a way to more rights gives.</summary>
internal enum EscalationGain : byte
{
    /// <summary>The role.</summary>
    Role,

    /// <summary>The user.</summary>
    User,

    /// <summary>Any right, as far as the boundary of its holder lets it.</summary>
    Everything,

    /// <summary>What a group may do.</summary>
    Group,

    /// <summary>What the holder's policies grant without a boundary.</summary>
    Unbounded,

    /// <summary>What an older version of a policy grants.</summary>
    Version,
}
