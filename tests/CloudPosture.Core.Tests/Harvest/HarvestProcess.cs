using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Connections;
using CloudPosture.Tests.Reporting;

namespace CloudPosture.Tests.Harvest;

/// <summary>A harvest in a process of its own, to be killed or to be denied disk space: this assembly, run by itself.</summary>
internal static class HarvestProcess
{
    private const string HarvestId = "HARVEST_ID";
    private const int FileSizeLimit = 1;
    private const int FileSizeSignal = 25;

    /// <summary>Begins a harvest of a sandbox's organization, or goes on with the one that was interrupted.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="options">What it was started with.</param>
    /// <param name="lake">The lake's folder.</param>
    /// <param name="mostBytes">How long a file may grow before the disk refuses; 0 for no bound.</param>
    /// <param name="shell">A script to run it in, as its arguments; null runs it as it is.</param>
    /// <param name="environment">Variables to set.</param>
    public static Process Start(SandboxServer sandbox, SandboxOptions options, string lake, long mostBytes = 0, IReadOnlyList<string>? shell = null, params (string Name, string Value)[] environment)
    {
        IReadOnlyList<string> command = [.. shell ?? [], "dotnet"];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        object[] arguments = [typeof(HarvestProcess).Assembly.Location, sandbox.Url, lake, options.Accounts, options.Regions, options.Seed, mostBytes];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{argument}"));
        }

        // Code is made in memory that counts as a file otherwise.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return ChildProcess.Start(start);
    }

    /// <summary>Begins one of the shards of a harvest, or goes on with it, as Kubernetes would.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="options">What it was started with.</param>
    /// <param name="lake">The lake's folder.</param>
    /// <param name="harvestId">The harvest.</param>
    /// <param name="shard">The shard.</param>
    public static Process Start(SandboxServer sandbox, SandboxOptions options, string lake, string harvestId, Shard shard) => Start(
        sandbox, options, lake, 0, null, (HarvestId, harvestId), ("JOB_COMPLETION_INDEX", $"{shard.Index}"), ("JOB_COMPLETIONS", $"{shard.Count}"));

    /// <summary>Waits for the end of a process.</summary>
    public static async Task<(int ExitCode, string Said)> EndAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    /// <summary>The process: a line an account, an error as the user would see it, and 0 where all is read.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is [ConnectionProcess.Command, var folder, var prefix, var count])
        {
            return await ConnectionProcess.RunAsync(folder, prefix, int.Parse(count, CultureInfo.InvariantCulture));
        }

        if (args is [ReportProcess.Name, var path, var format])
        {
            return ReportProcess.Run(path, format);
        }

        if (args.Length != 6)
        {
            await Console.Error.WriteLineAsync("This is a test assembly. Run: dotnet test");
            return 2;
        }

        var numbers = args[2..].Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var organization = new SandboxOrganization(new SandboxOptions { Accounts = (int)numbers[0], Regions = (int)numbers[1], Seed = (int)numbers[2] });
        using var aws = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = new Uri(args[0]) });
        var lake = PostureLake.Open(args[1]);
        var begun = lake.Harvests().FirstOrDefault();
        var shared = Environment.GetEnvironmentVariable(HarvestId);
        var request = new HarvestRequest
        {
            Lake = lake,
            Targets = await Demo.TargetsAsync(organization, aws, default),
            Unpaced = true,
            Resume = shared is null && begun?.Status == HarvestStatus.Incomplete ? begun.HarvestId : null,
            HarvestId = shared ?? (begun?.Status == HarvestStatus.Complete ? begun.HarvestId : null),
            Shard = shared is null ? null : Shard.FromEnvironment(),
        };
        if (numbers[3] > 0)
        {
            LimitFiles(numbers[3]);
        }

        try
        {
            await foreach (var summary in new Harvester(aws, Shipped.Content).RunAsync(request))
            {
                Console.WriteLine($"{summary.AccountId} {summary.Status} {summary.Failure}");
            }

            return 0;
        }
        catch (CloudPostureException problem)
        {
            Console.WriteLine($"{problem.Message} {problem.Advice}");
            return 1;
        }
    }

    /// <summary>Lets files grow no longer, as a full disk does.</summary>
    private static void LimitFiles(long mostBytes)
    {
        _ = Ignore(FileSizeSignal, new IntPtr(1));
        var limit = new Limit { Soft = (nuint)mostBytes, Hard = (nuint)mostBytes };
        if (SetLimit(FileSizeLimit, ref limit) != 0)
        {
            throw new InvalidOperationException("The length of files cannot be limited here.");
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    private static extern IntPtr Ignore(int signal, IntPtr handler);

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, ref Limit limit);

    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
