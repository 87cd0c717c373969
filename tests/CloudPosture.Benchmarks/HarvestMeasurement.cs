using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>
/// Harvests an organization of the sandbox, which runs in a process of its own, assesses it, reads the findings back and resumes
/// what is complete; prints calls and CPU time a call, evaluations, the time to the first finding, and this process's peak of memory.
/// </summary>
internal static class HarvestMeasurement
{
    public static async Task RunAsync(int accounts, int regions, int resources)
    {
        var options = new SandboxOptions { Accounts = accounts, Regions = regions, ResourcesPerAccount = resources / accounts };
        using var sandbox = await SandboxProcess.StartAsync(
            "--accounts", Text(accounts), "--regions", Text(regions), "--resources", Text(options.ResourcesPerAccount));
        using var client = new AwsClient(SandboxContent.Shipped.Models, new AwsClientOptions { EndpointUrl = sandbox.Url });
        var targets = await Demo.TargetsAsync(new SandboxOrganization(options), client, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            var lake = PostureLake.Open(folder);
            var summaries = new List<AccountSummary>();
            await MeasureAsync("harvest", async () =>
            {
                await foreach (var summary in new Harvester(client, SandboxContent.Shipped).RunAsync(new HarvestRequest { Lake = lake, Targets = targets, Unpaced = true }))
                {
                    summaries.Add(summary);
                }

                return (summaries.Sum(summary => summary.Calls), "calls");
            });
            Console.WriteLine($"  {summaries.Sum(summary => summary.Resources):N0} resources of {summaries.Count} accounts, {summaries.Sum(summary => summary.Gaps)} gaps");

            var rules = RuleSet.LoadShipped(SandboxContent.Shipped);
            await MeasureAsync("assess", () => Task.FromResult((lake.LatestAccounts().Sum(account => Save(lake, account, rules)), "evaluations")));
            await MeasureAsync("first finding", () => Task.FromResult(((long)PostureLake.Open(folder).ReadFindings(new FindingQuery()).Take(1).Count(), "finding")));
            await MeasureAsync("read findings", () => Task.FromResult(((long)lake.ReadFindings(new FindingQuery()).Count(), "findings")));
            await MeasureAsync("resume when all is read", async () =>
            {
                var resumed = new HarvestRequest { Lake = PostureLake.Open(folder), Targets = targets, Unpaced = true, HarvestId = summaries[0].HarvestId };
                return (await new Harvester(client, SandboxContent.Shipped).RunAsync(resumed).Select(summary => summary.Resources).SumAsync(), "resources checked");
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Save(PostureLake lake, IAccountSnapshot account, RuleSet rules)
    {
        using var writer = lake.WriteFindings(account.HarvestId, account.AccountId);
        var count = 0L;
        foreach (var finding in Assessor.Assess(account, rules))
        {
            writer.Add(finding);
            count++;
        }

        writer.Commit();
        return count;
    }

    private static async Task MeasureAsync(string name, Func<Task<(long Amount, string Unit)>> work)
    {
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var (amount, unit) = await work();
        watch.Stop();
        self.Refresh();
        var used = self.TotalProcessorTime - cpu;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {amount:N0} {unit} in {watch.Elapsed.TotalSeconds:N2} s = {amount / watch.Elapsed.TotalSeconds:N0}/s; {used.TotalMilliseconds / amount:0.0000} ms of CPU each; peak so far {self.PeakWorkingSet64 / 1e6:N0} MB"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
