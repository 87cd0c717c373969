using CloudPosture.Aws.Credentials;

namespace CloudPosture.Connections;

/// <summary>A role that a test enters.</summary>
/// <param name="Session">The session that entering it gives.</param>
/// <param name="Role">The role, and who enters it.</param>
/// <param name="Caller">The ARN of who enters it.</param>
/// <param name="RoleCheck">What the check of the role is called.</param>
/// <param name="ExternalIdCheck">What the check of its external ID is called.</param>
internal sealed record RoleEntry(ResolvedCredentials Session, EnteredRole Role, string Caller, string RoleCheck, string ExternalIdCheck);
