using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace CloudPosture.Tests.Onboarding.Quoting;

/// <summary>Runs a script in a shell of this machine and reads what a program it starts was given.</summary>
internal static class RealShell
{
    /// <summary>True where the shell is on PATH; otherwise one line says that the test was skipped.</summary>
    public static bool IsHere(string shell)
    {
        var here = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, shell)));
        if (!here)
        {
            Console.WriteLine($"skipped: no {shell} on PATH");
        }

        return here;
    }

    /// <summary>What a program that the shell starts receives.</summary>
    public static IReadOnlyList<string> Receive(string shell, IEnumerable<string> quoted, string preamble = "")
    {
        var folder = Directory.CreateTempSubdirectory("quoting");
        try
        {
            var received = Path.Combine(folder.FullName, "received");
            var script = Path.Combine(folder.FullName, shell == "pwsh" ? "script.ps1" : "script.sh");
            File.WriteAllText(script, $"{preamble}/bin/bash {Receiver(folder)} '{received}' " + string.Join(" ", quoted) + "\n", new UTF8Encoding(false));
            var start = new ProcessStartInfo(shell) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in shell == "pwsh" ? new[] { "-NoProfile", "-NonInteractive", "-File", script } : [script])
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0 && errors.Result.Length == 0, errors.Result + output);
            var bytes = File.ReadAllText(received, new UTF8Encoding(false, true));
            return bytes.Split('\0')[..^1];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Receiver(DirectoryInfo folder)
    {
        var path = Path.Combine(folder.FullName, "receive.sh");
        File.WriteAllText(path, "to=$1; shift; printf '%s\\0' \"$@\" > \"$to\"\n");
        return $"'{path}'";
    }
}
