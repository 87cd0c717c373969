using System.Collections.Generic;
using System.IO;
using System.Text;

namespace CloudPosture.Tests.Quoting;

/// <summary>Runs a script in a shell of this machine and reads what a program it starts was given.</summary>
internal static class RealShell
{
    /// <summary>What a program that the shell starts receives.</summary>
    public static IReadOnlyList<string> Receive(string shell, IEnumerable<string> quoted, string preamble = "")
    {
        var folder = Directory.CreateTempSubdirectory("quoting");
        try
        {
            var received = Path.Combine(folder.FullName, "received");
            var script = Path.Combine(folder.FullName, shell == "pwsh" ? "script.ps1" : "script.sh");
            File.WriteAllText(script, $"{preamble}/bin/bash {Receiver(folder)} '{received}' " + string.Join(" ", quoted) + "\n", new UTF8Encoding(false));
            string[] arguments = shell == "pwsh" ? ["-NoProfile", "-NonInteractive", "-File", script] : [script];
            var (exitCode, output) = ExternalTool.Run(folder.FullName, shell, arguments);
            Assert.True(exitCode == 0 && output.Length == 0, output);
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
