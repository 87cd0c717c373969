using System;
using System.ComponentModel;
using System.Diagnostics;

namespace CloudPosture.Tests.Harvest;

/// <summary>A test that mounts a volume of its own, where an ordinary user may.</summary>
public sealed class MountTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<bool> CanMount = new(() =>
    {
        try
        {
            using var process = ChildProcess.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public MountTheoryAttribute()
    {
        if (!CanMount.Value)
        {
            Skip = "No volume can be mounted here.";
        }
    }
}
