using CloudPosture.Aws;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>What one run of a delegation cmdlet works with.</summary>
/// <param name="Service">Sends, follows and decides.</param>
/// <param name="Access">What asks AWS.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Secrets">The runspace's tokens.</param>
internal sealed record DelegationDesk(DelegationService Service, AwsAccess Access, AwsTarget Caller, DelegationSecrets Secrets);
