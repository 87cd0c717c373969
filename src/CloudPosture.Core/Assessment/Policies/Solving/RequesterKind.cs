namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>How a request is made.</summary>
internal enum RequesterKind : byte
{
    /// <summary>Signed by a user, a role or an account.</summary>
    Signed,

    /// <summary>Without credentials.</summary>
    Anonymous,

    /// <summary>By an AWS service that acts for somebody's resource.</summary>
    Service,

    /// <summary>With a token of an identity provider.</summary>
    Federated,

    /// <summary>By an account under the id that S3 uses.</summary>
    Canonical,
}
