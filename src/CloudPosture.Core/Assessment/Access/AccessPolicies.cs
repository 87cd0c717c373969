using System.Collections.Generic;

namespace CloudPosture.Assessment.Access;

/// <summary>All policies that bear on a request.</summary>
public sealed record AccessPolicies
{
    /// <summary>The policies of the principal and its groups.</summary>
    public IReadOnlyList<AccessPolicy> Identity { get; init; } = [];

    /// <summary>The permissions boundary; null where there is none.</summary>
    public AccessPolicy? Boundary { get; init; }

    /// <summary>Policies passed with the session; none where it was begun without.</summary>
    public IReadOnlyList<AccessPolicy> Session { get; init; } = [];

    /// <summary>Service and resource control policies, a list for each level from the root to the account; each level must allow.</summary>
    public IReadOnlyList<IReadOnlyList<AccessPolicy>> Control { get; init; } = [];

    /// <summary>The policy of the resource, a role's trust policy included; null where there is none.</summary>
    public AccessPolicy? Resource { get; init; }
}
