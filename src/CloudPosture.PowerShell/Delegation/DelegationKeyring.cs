using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>The exchange tokens and delegated credentials of each runspace; they end with it and are never written anywhere.</summary>
internal static class DelegationKeyring
{
    private static readonly ConditionalWeakTable<Runspace, DelegationSecrets> Keyrings = new();

    /// <summary>The current runspace's. To be asked for on the pipeline thread: no other has a runspace.</summary>
    public static DelegationSecrets Current => Keyrings.GetOrCreateValue(Runspace.DefaultRunspace);
}
