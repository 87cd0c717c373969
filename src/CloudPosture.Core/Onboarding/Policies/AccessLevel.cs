namespace CloudPosture.Onboarding.Policies;

/// <summary>What an IAM action allows, as AWS's service authorization reference classifies it.</summary>
public enum AccessLevel
{
    /// <summary>Lists resources.</summary>
    List,

    /// <summary>Reads a resource, which may be its configuration or what is stored in it.</summary>
    Read,

    /// <summary>Changes tags.</summary>
    Tagging,

    /// <summary>Grants or removes permissions.</summary>
    PermissionsManagement,

    /// <summary>Creates, changes or deletes.</summary>
    Write,
}
