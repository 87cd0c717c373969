namespace CloudPosture.Onboarding.Policies;

/// <summary>What grants an action that the harvest needs.</summary>
public enum PolicyGrant
{
    /// <summary>AWS's managed policy SecurityAudit.</summary>
    SecurityAudit,

    /// <summary>The custom policy that goes beside it.</summary>
    Custom,

    /// <summary>Nothing has to: AWS allows it to everyone.</summary>
    NotNeeded,
}
