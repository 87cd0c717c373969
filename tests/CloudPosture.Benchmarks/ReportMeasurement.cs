using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Reports;
using CloudPosture.Posture.Rules;
using CloudPosture.Reporting;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>
/// Writes synthetic findings in each format, each in a process of its own, because a process never gives back its peak of memory.
/// They are of 250 accounts, 17 Regions and the rules that ship, and come in no order.
/// </summary>
internal static class ReportMeasurement
{
    private const int Accounts = 250;
    private const int Regions = 17;
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Measures every format.</summary>
    public static void RunAll(int findings)
    {
        foreach (var format in Enum.GetNames<ReportFormat>())
        {
            using var process = Process.Start(Environment.ProcessPath!, ["report", format, findings.ToString(CultureInfo.InvariantCulture)]);
            process.WaitForExit();
        }
    }

    /// <summary>Measures one format in this process.</summary>
    public static void Run(ReportFormat format, int findings)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-report-").FullName;
        try
        {
            var library = RuleLibrary.Load(SandboxContent.Shipped, [Path.Combine(ModuleFolder(), "aws")], Path.Combine(ModuleFolder(), "frameworks"));
            var path = Path.Combine(folder, "report");
            var watch = Stopwatch.StartNew();
            using (var report = PostureReport.Begin(path, format, library, Now))
            {
                foreach (var finding in Synthetic(library, findings))
                {
                    report.Add(finding);
                }

                report.Save(CancellationToken.None);
            }

            watch.Stop();
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{format}: {findings:N0} findings in {watch.Elapsed.TotalSeconds:N1} s, {self.PeakWorkingSet64 / 1e6:N0} MB at most, {new FileInfo(path).Length / 1e6:N0} MB of file"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Finding> Synthetic(RuleLibrary library, int count)
    {
        var rules = library.Rules.Rules;
        for (var i = 0; i < count; i++)
        {
            // A factor that has none in common with a million visits each number once, in no order.
            var number = (int)(i * 618_033L % count);
            var rule = rules[number % rules.Count];
            var account = (111_122_220_000 + (number % Accounts)).ToString(CultureInfo.InvariantCulture);
            var region = $"xx-region-{number % Regions}";
            var id = $"resource-{number / 5:x8}";
            yield return new Finding
            {
                FindingId = number.ToString("x32", CultureInfo.InvariantCulture),
                RuleId = rule.Id,
                Title = rule.Title,
                Status = (FindingStatus)(number % 5),
                Severity = rule.Severity,
                Service = rule.Service,
                ResourceType = rule.ResourceType,
                ResourceId = id,
                ResourceArn = $"arn:aws:{rule.Service}:{region}:{account}:thing/{id}",
                ResourceName = $"name of {id}",
                AccountId = account,
                AccountName = $"account {number % Accounts}",
                Region = region,
                Evidence = $"Configuration.Member.Number is {number}, and should be absent",
                FirstSeen = Now.AddHours(-(number % 1000)),
                LastSeen = Now,
                Connection = "org",
                HarvestId = "20261127T080000Z-000000",
            };
        }
    }

    private static string ModuleFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudPosture.psd1")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("This must run within the repository.");
        }

        return Path.Combine(folder.FullName, "module");
    }
}
