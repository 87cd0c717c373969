using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>
/// Harvests at the default pace from a sandbox that throttles by AWS's published buckets and takes 40 ms for each answer, and
/// compares the time with the bound that our share of the buckets and the rule of one service an account at a time allow.
/// </summary>
internal static class PaceMeasurement
{
    private const double Latency = 0.040;
    private const double QuotaShare = 0.5;
    private const int SideBySide = 8;

    public static async Task RunAsync(int accounts, int regions, int resources)
    {
        var options = new SandboxOptions { Accounts = accounts, Regions = regions, ResourcesPerAccount = resources };
        using var sandbox = await SandboxProcess.StartAsync(
            "--accounts", Text(accounts), "--regions", Text(regions), "--resources", Text(resources), "--latency", Text((int)(Latency * 1000)), "--published-rates");
        using var client = new AwsClient(SandboxContent.Shipped.Models, new AwsClientOptions { EndpointUrl = sandbox.Url });
        var targets = await Demo.TargetsAsync(new SandboxOrganization(options), client, default);
        var caller = new CountingCaller(client);
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            var summaries = new List<AccountSummary>();
            var watch = Stopwatch.StartNew();
            var request = new HarvestRequest { Lake = PostureLake.Open(folder), Targets = targets, ThrottleLimit = SideBySide, QuotaShare = QuotaShare };
            await foreach (var summary in new Harvester(caller, SandboxContent.Shipped).RunAsync(request))
            {
                summaries.Add(summary);
            }

            Report(watch.Elapsed.TotalSeconds, BoundOf(caller), summaries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(double seconds, double bound, IReadOnlyList<AccountSummary> summaries)
    {
        var calls = summaries.Sum(summary => summary.Calls);
        var throttled = summaries.Sum(summary => summary.Throttled);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summaries.Count} accounts, {summaries.Sum(summary => summary.Resources):N0} resources, {calls:N0} calls in {seconds:N1} s; bound {bound:N1} s, ratio {seconds / bound:0.00}; {throttled} throttled = {100.0 * throttled / calls:0.000} %; {summaries.Sum(summary => summary.Gaps)} gaps"));
    }

    /// <summary>
    /// Services of an account one after the other, whole accounts side by side. Of the eight places, one gets at least seven of the
    /// longest forty-nine accounts: no plan takes less than the seven shortest of those, and so for every such number.
    /// </summary>
    private static double BoundOf(CountingCaller caller)
    {
        var accounts = caller.Calls
            .GroupBy(call => call.Key.Account)
            .Select(account => account.GroupBy(call => call.Key.Model).Sum(BoundOfService))
            .OrderByDescending(seconds => seconds)
            .ToList();
        var inOnePlace = Enumerable.Range(0, ((accounts.Count - 1) / SideBySide) + 1).Max(before => accounts.Take((before * SideBySide) + 1).TakeLast(before + 1).Sum());
        return Math.Max(accounts.Sum() / SideBySide, inOnePlace);
    }

    /// <summary>A service takes as long as its fullest bucket, and a round trip for each step that needs the one before: list, then complete.</summary>
    private static double BoundOfService(IGrouping<string, KeyValuePair<(string Account, string Model, string Region, string Operation), int>> calls)
    {
        var service = SandboxContent.Shipped.Catalog.Services.First(service => service.Name == calls.Key);
        var steps = service.Resources.Max(resource => (resource.List is null ? 0 : 1) + resource.FirstCalls.Count + Math.Min(1, resource.OtherCalls.Count));
        var fullest = calls
            .GroupBy(call => (call.Key.Region, service.RateOf(call.Key.Operation), service.RateOf(call.Key.Operation).PerOperation ? call.Key.Operation : ""))
            .Max(lane => (lane.Sum(call => call.Value) - Math.Max(1, lane.Key.Item2.Bucket * QuotaShare)) / (lane.Key.Item2.Refill * QuotaShare));
        return Math.Max(0, fullest) + (steps * Latency);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
