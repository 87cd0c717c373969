using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.PowerShell;

/// <summary>The keys given as parameters, for each runspace its own; they end with it and are never written anywhere.</summary>
internal static class SessionKeyring
{
    private static readonly ConditionalWeakTable<Runspace, SessionSecrets> Keyrings = new();

    /// <summary>The current runspace's keys. To be asked for on the pipeline thread: no other has a runspace.</summary>
    public static SessionSecrets Current => Keyrings.GetOrCreateValue(Runspace.DefaultRunspace);
}
