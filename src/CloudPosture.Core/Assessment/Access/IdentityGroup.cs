using System.Collections.Generic;

namespace CloudPosture.Assessment.Access;

/// <summary>A group of users.</summary>
/// <param name="Name">The name.</param>
/// <param name="Arn">The ARN.</param>
/// <param name="Policies">Its policies, inline and attached.</param>
/// <param name="ManagedPolicies">The ARNs of the attached ones.</param>
internal sealed record IdentityGroup(string Name, string Arn, IReadOnlyList<AccessPolicy> Policies, IReadOnlyList<string> ManagedPolicies);
