using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>Runs a script in a shell of this machine, with an AWS CLI that answers what is asked with a text of one's own, and notes what was written.</summary>
internal sealed class ShellRun
{
    private const string Aws = """
        #!/bin/bash
        folder=${0%/*}
        case "$*" in
          sts*) q=account;; *Policy.DefaultVersionId*) q=version;; *PolicyVersion.Document*) q=same;;
          *Role.Arn*) q=found;; *InstanceProfile.Arn*) q=profile;; *InstanceProfile.Roles*) q=held;; *) q=;;
        esac
        if [ -n "$q" ]; then
          if [ -f "$folder/$q" ]; then cat "$folder/$q"; echo; exit 0; fi
          printf '\nAn error occurred (NoSuchEntity) when calling the operation: It cannot be found.\n' >&2; exit 254
        fi
        for argument in "$@"; do
          case "$argument" in file://*) cat "${argument#file://}";; *) printf %s "$argument";; esac
          printf '\0'
        done >> "$folder/calls"
        printf '\n\0' >> "$folder/calls"
        """;

    private ShellRun(int exitCode, string screen, IReadOnlyList<string[]> calls) => (ExitCode, Screen, Calls) = (exitCode, screen, calls);

    public int ExitCode { get; }

    /// <summary>What it wrote to both streams.</summary>
    public string Screen { get; }

    /// <summary>The commands that change something, as the AWS CLI reads them.</summary>
    public IReadOnlyList<string[]> Calls { get; }

    /// <summary>Runs a script with answers by question, as <see cref="IamStandIn"/> names them; what has none is not there.</summary>
    public static ShellRun Of(string shell, string script, IReadOnlyDictionary<string, string>? answers = null)
    {
        var folder = Directory.CreateTempSubdirectory("template").FullName;
        try
        {
            var aws = Path.Combine(folder, "aws");
            File.WriteAllText(aws, Aws.ReplaceLineEndings("\n"));
            ExternalTool.Run(folder, "chmod", ["+x", aws]);
            File.WriteAllText(Path.Combine(folder, "account"), TestRoles.Hub);
            foreach (var (question, answer) in answers ?? new Dictionary<string, string>())
            {
                File.WriteAllText(Path.Combine(folder, question), answer);
            }

            return Run(folder, shell, script);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ShellRun Run(string folder, string shell, string script)
    {
        var file = Path.Combine(folder, shell == "pwsh" ? "script.ps1" : "script.sh");
        // PowerShell's legacy mode stands in for Windows PowerShell.
        File.WriteAllText(file, script.Replace("#Requires -Version 5.1 -PSEdition Desktop", "$PSNativeCommandArgumentPassing = 'Legacy'", StringComparison.Ordinal), new UTF8Encoding(false));
        string[] arguments = shell == "pwsh" ? ["-NoProfile", "-NonInteractive", "-File", file] : [file];
        var kept = Path.Combine(folder, "kept");
        Directory.CreateDirectory(kept);
        var (exitCode, output) = ExternalTool.Run(folder, shell, arguments, new Dictionary<string, string>
        {
            ["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["TMPDIR"] = kept,
            ["NO_COLOR"] = "1",
        });
        Assert.DoesNotContain(Directory.EnumerateFiles(kept), left => File.ReadAllText(left).Contains("Description", StringComparison.Ordinal));
        var calls = Path.Combine(folder, "calls");
        return new ShellRun(exitCode, output, !File.Exists(calls) ? [] : [.. File.ReadAllText(calls).Split("\0\n\0").SkipLast(1).Select(call => call.Split('\0'))]);
    }
}
