namespace CloudPosture.Aws.Credentials;

/// <summary>Which kind of policy refused a call, as far as AWS says.</summary>
public enum DenialReason
{
    /// <summary>AWS did not say.</summary>
    Unknown,

    /// <summary>A policy of the caller: it lacks the permission or denies it.</summary>
    IdentityPolicy,

    /// <summary>The role's trust policy.</summary>
    TrustPolicy,

    /// <summary>A policy of the resource.</summary>
    ResourcePolicy,

    /// <summary>A service control policy of the organization.</summary>
    ServiceControlPolicy,

    /// <summary>A resource control policy of the organization.</summary>
    ResourceControlPolicy,

    /// <summary>The caller's permissions boundary.</summary>
    PermissionsBoundary,

    /// <summary>The policy given when the session was made.</summary>
    SessionPolicy,

    /// <summary>The policy of a VPC endpoint.</summary>
    EndpointPolicy,
}
