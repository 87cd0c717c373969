namespace CloudPosture.Assessment.Policies.Documents;

/// <summary>The sorts of principals.</summary>
internal enum PrincipalKind : byte
{
    /// <summary>Everyone, with or without credentials.</summary>
    Everyone,

    /// <summary>An account, user, role or session.</summary>
    Aws,

    /// <summary>An AWS service.</summary>
    Service,

    /// <summary>An identity provider.</summary>
    Federated,

    /// <summary>An account by the id that S3 uses.</summary>
    CanonicalUser,
}
