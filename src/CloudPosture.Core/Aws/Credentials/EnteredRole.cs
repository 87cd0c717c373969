namespace CloudPosture.Aws.Credentials;

/// <summary>A role on the way to credentials.</summary>
/// <param name="Request">The role, and how it is entered.</param>
/// <param name="From">Who enters it.</param>
internal sealed record EnteredRole(RoleRequest Request, ResolvedCredentials From);
