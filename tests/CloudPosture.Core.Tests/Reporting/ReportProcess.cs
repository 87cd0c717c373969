using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using CloudPosture.Reporting;

namespace CloudPosture.Tests.Reporting;

/// <summary>A report in a process of its own that stops in the middle of the file, to be killed there: this assembly, run by itself.</summary>
internal static class ReportProcess
{
    /// <summary>The first argument of such a process.</summary>
    public const string Name = "report";

    private const string Half = "half of it is written";

    /// <summary>Starts one, and comes back when half of its file is written.</summary>
    public static Process StartHalf(string path)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ReportProcess).Assembly.Location, Name, path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal(Half, process.StandardOutput.ReadLine());
        return process;
    }

    /// <summary>What the process does.</summary>
    public static int Run(string path)
    {
        var rules = new RuleFacts(ReportSamples.Library.Rules.Find, _ => []);
        using var report = new ReportFile(path, ReportFormat.Xlsx, rules, ReportSamples.Now)
        {
            Requirements = (_, _) =>
            {
                Console.WriteLine(Half);
                Console.ReadLine();
                return RequirementMatrix.Empty;
            },
        };
        foreach (var finding in Enumerable.Range(0, 34).SelectMany(_ => ReportSamples.Many(1000)))
        {
            report.Add(finding);
        }

        report.Save(CancellationToken.None);
        return 0;
    }
}
