using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.PowerShell.Tests;

/// <summary>
/// The PowerShell that the tests run in: our own of <c>src/CloudPosture.Prompt</c>, or the one that the variable
/// POSTURE_SHELL names (<c>pwsh</c>, <c>powershell</c>, a path).
/// </summary>
internal static class Shell
{
    private const string Choice = "POSTURE_SHELL";

    /// <summary>What the build of the prompt left: the shell, and its modules.</summary>
    public static string Home { get; } = Path.Combine(
        Cmdlets.Repository, "src", "CloudPosture.Prompt", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!, "net10.0");

    private static string Program =>
        Environment.GetEnvironmentVariable(Choice) is { Length: > 0 } chosen ? chosen : Path.Combine(Home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

    /// <summary>Runs a command line of the shell to its end, without anything of this machine's own AWS settings.</summary>
    /// <returns>The exit code, and what was written to both streams.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, TimeSpan patience)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Cmdlets.Repository,
        };
        foreach (var argument in new[] { "-NoProfile", "-NonInteractive" }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";

        // Half of the time of these short processes is compiling: nothing twice to count calls, as in the job files that we ship, nothing
        // better while there is new code all the time, and into memory that is mapped once.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "1000";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        // What the shell started and left behind may keep its output open.
        return (process.ExitCode, await output.WaitAsync(patience) + await errors.WaitAsync(patience));
    }
}
