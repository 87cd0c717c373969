namespace CloudPosture.Assessment.Escalation;

/// <summary>What an action of a method is on.</summary>
internal enum EscalationObject : byte
{
    /// <summary>The one who acts.</summary>
    Self,

    /// <summary>The role that is gained.</summary>
    Role,

    /// <summary>The user who is gained.</summary>
    User,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A policy that is attached to the holder.</summary>
    Policy,

    /// <summary>Another role, for what needs two.</summary>
    Helper,

    /// <summary>What exists and works with the role.</summary>
    Thing,

    /// <summary>Everything of the service.</summary>
    Any,

    /// <summary>No resource.</summary>
    None,

    /// <summary>Something that fits a pattern.</summary>
    Pattern,
}
