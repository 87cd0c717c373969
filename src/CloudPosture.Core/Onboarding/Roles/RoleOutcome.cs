namespace CloudPosture.Onboarding.Roles;

/// <summary>What became of a role.</summary>
public enum RoleOutcome
{
    /// <summary>It is as it was found.</summary>
    Unchanged,

    /// <summary>It was created.</summary>
    Created,

    /// <summary>It was there, and was brought to what is wanted.</summary>
    Repaired,

    /// <summary>It was there, differs from what is wanted, and was left alone.</summary>
    Drifted,
}
