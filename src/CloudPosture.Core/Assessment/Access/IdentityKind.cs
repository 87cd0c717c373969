namespace CloudPosture.Assessment.Access;

/// <summary>Who may ask for something.</summary>
public enum IdentityKind : byte
{
    /// <summary>A user of IAM.</summary>
    User,

    /// <summary>A role.</summary>
    Role,

    /// <summary>An account, or somebody in one, that was not harvested.</summary>
    Outside,

    /// <summary>Whoever an identity provider vouches for.</summary>
    Provider,

    /// <summary>A service of AWS.</summary>
    Service,

    /// <summary>Everyone.</summary>
    Everyone,

    /// <summary>No identity of its own: whoever may do everything in an account.</summary>
    Administrator,
}
