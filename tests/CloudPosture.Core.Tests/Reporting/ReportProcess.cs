using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Tests.Reporting;

/// <summary>A report in a process of its own that stops in the middle of its work, to be killed there: this assembly, run by itself.</summary>
internal static class ReportProcess
{
    /// <summary>The first argument of such a process.</summary>
    public const string Name = "report";

    private const string Half = "half of it is written";
    private const string LastRule = "Last.Rule";

    /// <summary>Starts one, and comes back when it is in the middle.</summary>
    public static Process StartHalf(string path, ReportFormat format)
    {
        var process = ChildProcess.Start(new ProcessStartInfo("dotnet", [typeof(ReportProcess).Assembly.Location, Name, path, format.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal(Half, process.StandardOutput.ReadLine());
        return process;
    }

    /// <summary>What the process does.</summary>
    public static int Run(string path, string format)
    {
        var kind = Enum.Parse<ReportFormat>(format);

        // A page reads its findings before it writes anything, and its gaps when half of it is written.
        var rules = new RuleFacts(id => id == LastRule && kind != ReportFormat.Html ? Stop<Rule>() : ReportSamples.Library.Rules.Find(id), _ => []);
        using var report = new ReportFile(path, kind, rules, ReportSamples.Now)
        {
            Content = _ => new ReportContent { CreatedAt = ReportSamples.Now, Findings = [], Gaps = Gaps() },
        };
        foreach (var finding in Enumerable.Range(0, 34).SelectMany(_ => ReportSamples.Many(1000)))
        {
            report.Add(finding);
        }

        report.Add(ReportSamples.One with { RuleId = LastRule, AccountId = "999999999999", Severity = Severity.Informational });
        report.Save(CancellationToken.None);
        return 0;
    }

    private static IEnumerable<AccountGap> Gaps()
    {
        Stop<AccountGap>();
        yield break;
    }

    private static T? Stop<T>()
        where T : class
    {
        Console.WriteLine(Half);
        Console.ReadLine();
        return null;
    }
}
