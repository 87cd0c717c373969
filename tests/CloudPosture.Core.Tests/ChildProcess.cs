using System;
using System.Diagnostics;
using System.Threading;

namespace CloudPosture.Tests;

/// <summary>Processes that tests start and wait for: one that hangs is ended, so that its test fails and the run goes on.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Starts a process that is killed with its children unless it has ended, or is no longer wanted, within five minutes.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        var watch = new Timer(_ => End(process), null, Patience, Timeout.InfiniteTimeSpan);
        process.Disposed += (_, _) => watch.Dispose();
        return process;
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                Console.WriteLine($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end within {Patience} and was killed.");
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It was disposed of meanwhile.
        }
    }
}
