namespace CloudPosture.Onboarding.Roles;

/// <summary>Whether a role's trust asks for an external ID.</summary>
public enum ExternalIdUse
{
    /// <summary>Always; one is generated where none is given.</summary>
    Required,

    /// <summary>Always, and the vendor issues it.</summary>
    Given,

    /// <summary>Not needed, because both ends belong to one owner.</summary>
    None,
}
