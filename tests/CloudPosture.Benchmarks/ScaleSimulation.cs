using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest;
using CloudPosture.Lake;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>
/// "simulate 5000 17 --shards 1,10,50": harvests a few accounts of the sandbox to learn which calls an account takes, and
/// computes what thousands of such accounts take. Options: --side-by-side, --quota-share, --latency (ms), --cpu (ms a call),
/// --cores, --memory (MB), --sample (accounts), --resources (an account).
/// </summary>
internal static class ScaleSimulation
{
    public static async Task RunAsync(string[] arguments)
    {
        var options = Options(arguments.Skip(2));
        var accounts = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var regions = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var model = new ScaleModel();
        model = model with
        {
            SideBySide = (int)Number("--side-by-side", model.SideBySide),
            QuotaShare = Number("--quota-share", model.QuotaShare),
            Latency = Number("--latency", model.Latency * 1000) / 1000,
            CpuPerCall = Number("--cpu", model.CpuPerCall * 1000) / 1000,
            Cores = (int)Number("--cores", model.Cores),
            Memory = Number("--memory", model.Memory),
        };
        var sample = await SampleAsync((int)Number("--sample", 4), regions, (int)Number("--resources", 0));
        var members = sample.Skip(1).Select(services => (
            Calls: services.Sum(service => service.Load.Sum(call => (long)call.Calls)),
            Seconds: model.SecondsOf(services),
            Services: services.Count)).ToList();
        var random = new Random(1);
        var all = Enumerable.Range(0, accounts)
            .Select(i => (Id: random.NextInt64(1_000_000_000_000).ToString("000000000000", CultureInfo.InvariantCulture), members[i % members.Count].Calls, members[i % members.Count].Seconds, members[i % members.Count].Services))
            .DistinctBy(account => account.Id)
            .ToList();

        // The first one manages the organization, whose accounts are resources of its own.
        all[0] = all[0] with { Seconds = model.SecondsOf(sample[0]) + model.SecondsToList(accounts) };
        Print($"{all.Count:N0} accounts × {regions} Regions: {all.Sum(account => account.Calls):N0} calls, {all.Average(account => account.Seconds):0.0} s an account at {model.QuotaShare:0.##} of the published rates, {model.SideBySide} accounts side by side");
        Print($"{"shards",6} {"accounts each",14} {"time",10} {"of it listing",14} {"by pace",10} {"by CPU",10} {"calls/s",9} {"MB each",8}");
        foreach (var shards in options.GetValueOrDefault("--shards", "1,10,50").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            var result = model.Run(all, shards);
            Print($"{result.Shards,6} {result.Fewest + "–" + result.Most,14} {Time(result.Seconds),10} {Time(result.Listing),14} {Time(result.Pace),10} {Time(result.Cpu),10} {result.Calls / result.Seconds,9:N0} {result.Memory,8:N0}");
        }

        double Number(string name, double otherwise) =>
            options.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    /// <summary>The calls of a few accounts, by service; the management account's first.</summary>
    private static async Task<IReadOnlyList<List<(ServiceEntry Service, IReadOnlyCollection<(string Region, string Operation, int Calls)> Load)>>> SampleAsync(int accounts, int regions, int resources)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Accounts = accounts, Regions = regions, ResourcesPerAccount = resources, RecordCalls = false });
        using var client = new AwsClient(SandboxContent.Shipped.Models, new AwsClientOptions { EndpointUrl = sandbox.Url });
        var caller = new CountingCaller(client);
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        try
        {
            var targets = await Demo.TargetsAsync(sandbox.Organization, client, default);
            await foreach (var summary in new Harvester(caller, SandboxContent.Shipped).RunAsync(new HarvestRequest { Lake = PostureLake.Open(folder), Targets = targets, Unpaced = true }))
            {
                _ = summary;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var byAccount = caller.Calls.ToLookup(call => call.Key.Account);
        return [.. sandbox.Organization.Accounts.Select(account => byAccount[account.Id]
            .GroupBy(call => call.Key.Model)
            .Select(service => (
                SandboxContent.Shipped.Catalog.Services.First(entry => entry.Name == service.Key),
                (IReadOnlyCollection<(string, string, int)>)[.. service.Select(call => (call.Key.Region, call.Key.Operation, call.Value))]))
            .ToList())];
    }

    private static Dictionary<string, string> Options(IEnumerable<string> arguments) =>
        arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static string Time(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
