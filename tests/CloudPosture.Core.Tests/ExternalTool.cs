using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace CloudPosture.Tests;

/// <summary>A program of this machine that a test asks for its opinion.</summary>
internal static class ExternalTool
{
    /// <summary>True where the program is on PATH, or a pwsh was built with the solution; otherwise one line says that the test was skipped.</summary>
    public static bool IsHere(string program)
    {
        var here = Find(program) is not null;
        if (!here)
        {
            Console.WriteLine($"skipped: no {program} on PATH");
        }

        return here;
    }

    /// <summary>Runs the program in a folder of its own; what it prints, and its exit code.</summary>
    public static (int ExitCode, string Output) Run(string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = ChildProcess.Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append(BuiltShell)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static string BuiltShell => Path.Combine(
        RepositoryRoot.Path, "src", "CloudPosture.Prompt", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!, "net10.0");
}
