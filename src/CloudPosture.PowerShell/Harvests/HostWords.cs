using System;
using System.Management.Automation.Host;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Says through the host what no stream takes any more.</summary>
internal static class HostWords
{
    /// <summary>Warns, where the host has a user interface.</summary>
    public static void Warn(PSHost host, string text)
    {
        try
        {
            host.UI?.WriteWarningLine(text);
        }
        catch (Exception problem) when (problem is HostException or NotImplementedException or NotSupportedException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody listens.
        }
    }
}
