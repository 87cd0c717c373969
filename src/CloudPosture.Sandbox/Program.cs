using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content;
using CloudPosture.Lake;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Sandbox;

/// <summary>The command line: <c>serve</c> and <c>demo</c>.</summary>
internal static class Program
{
    private const string Usage = """
        Usage: CloudPosture.Sandbox serve [--port N] [--accounts N] [--regions N] [--seed N] [--resources N] [--latency MILLISECONDS] [--published-rates] [--clock-skew SECONDS]
                                           [--fault kind=KIND,service=NAME,operation=NAME,account=ID,region=NAME,status=N,code=CODE,retry-after=N,after=N,count=N]… [--writes FILE] [--planted FILE] [--content FOLDER] [--paths]
               CloudPosture.Sandbox demo  [--accounts N] [--regions N] [--seed N] [--resources N]
        --planted   writes what must fail, as soon as that is known.
        --paths     adds ways from the Internet with known answers, which the list of what must fail does not count.
        --content   serves what a module's folder holds (its aws and frameworks), and not what was built in.
        --folder    writes what clients need: sandbox.json, the AWS files config and credentials, planted.csv, and messages.jsonl, what SNS delivers.
        --attached  ends with the standard input, whatever ends that, and not at Ctrl+C, which is then meant for whoever started it.
        """;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            var options = new SandboxOptions
            {
                Accounts = Number(args, "--accounts", 4),
                Regions = Number(args, "--regions", 3),
                Seed = Number(args, "--seed", 1),
                ResourcesPerAccount = Number(args, "--resources", 0),
                Port = Number(args, "--port", 0),
                Content = Text(args, "--content") is { } module ? ContentSet.Of(module) : SandboxContent.Shipped,
                Latency = TimeSpan.FromMilliseconds(Number(args, "--latency", 0)),
                TimeProvider = new ShiftedTime(TimeSpan.FromSeconds(Number(args, "--clock-skew", 0))),
                PlantPaths = args.Contains("--paths"),
                Rates = args.Contains("--published-rates") ? PublishedRates.All : [],
            };
            return args.FirstOrDefault() switch
            {
                "serve" => await ServeAsync(options, args).ConfigureAwait(false),
                "demo" => await DemoAsync(options).ConfigureAwait(false),
                _ => Fail(Usage),
            };
        }
        catch (ArgumentException exception)
        {
            return Fail(exception.Message + Environment.NewLine + Usage);
        }
        catch (IOException exception)
        {
            return Fail($"{exception.Message} Choose another --port, or leave it out for a free one.");
        }
    }

    private static async Task<int> ServeAsync(SandboxOptions options, string[] args)
    {
        using var stop = new CancellationTokenSource();
        var isAttached = args.Contains("--attached");
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (!isAttached || signal.Signal != PosixSignal.SIGINT)
            {
                stop.Cancel();
            }
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var server = await SandboxServer.StartAsync(options with { CheckAnswers = true }, stop.Token).ConfigureAwait(false);
        Array.ForEach(Faults(args), fault => server.Faults.Add(fault));
        if (Text(args, "--writes") is { } writes)
        {
            Record(server.Calls, writes);
        }

        server.Delegation.MessageSent = message => Console.WriteLine("SNS: " + message);
        var planted = Text(args, "--planted");
        if (Text(args, "--folder") is { } folder)
        {
            SandboxFolder.Write(server, folder);
            planted ??= Path.Combine(folder, "planted.csv");
        }

        PrintAccess(server);
        var telling = planted is null ? Task.CompletedTask : TellPlantedAsync(server.Organization, planted, stop);
        try
        {
            await (isAttached ? EndOfInputAsync(stop.Token) : Task.Delay(Timeout.Infinite, stop.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"{server.Calls.Total} calls were answered.");
        }

        await telling.ConfigureAwait(false);
        return 0;
    }

    /// <summary>Writes what must fail, while the sandbox answers already: finding it out takes seconds. The file is there when it is whole.</summary>
    private static async Task TellPlantedAsync(SandboxOrganization organization, string path, CancellationTokenSource stop)
    {
        try
        {
            await Task.Run(() => SandboxFolder.WritePlanted(organization, path), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever stops the sandbox this early does not read the file.
        }
        finally
        {
            if (!File.Exists(path))
            {
                stop.Cancel();
            }
        }
    }

    private static async Task EndOfInputAsync(CancellationToken cancellationToken)
    {
        using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> DemoAsync(SandboxOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("cloudposture-demo-").FullName;
        try
        {
            await using var server = await SandboxServer.StartAsync(options).ConfigureAwait(false);
            Console.WriteLine($"Harvesting {options.Accounts} accounts in {options.Regions} Regions from {server.Url} …\n");
            var result = await Demo.RunAsync(server, PostureLake.Open(folder)).ConfigureAwait(false);
            result.Print(Console.Out);
            return result.IsExact ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void PrintAccess(SandboxServer server)
    {
        var organization = server.Organization;
        Console.WriteLine($"An AWS organization of {organization.Accounts.Count} accounts in {organization.Regions.Count} Regions, with faults planted, at {server.Url}");
        Console.WriteLine($"Management account {organization.Accounts[0].Id}; role {SandboxOrganization.ReaderRole} in every account, external ID {organization.ExternalId}");
        var variables = new[]
        {
            ("AWS_ENDPOINT_URL", server.Url.ToString().TrimEnd('/')),
            ("AWS_ACCESS_KEY_ID", organization.OperatorKey.AccessKeyId),
            ("AWS_SECRET_ACCESS_KEY", organization.OperatorKey.SecretAccessKey),
            ("AWS_REGION", organization.Regions[0]),
        };
        Console.WriteLine("\nBash:\n  export " + string.Join(' ', variables.Select(variable => $"{variable.Item1}={variable.Item2}")));
        Console.WriteLine("\nPowerShell:\n  " + string.Join("; ", variables.Select(variable => $"$env:{variable.Item1} = '{variable.Item2}'")));
        Console.WriteLine($"\nTo write (roles, stacks), use this key instead: {organization.AdministratorKey.AccessKeyId} / {organization.AdministratorKey.SecretAccessKey}");
        Console.WriteLine("The keys are worth nothing outside this sandbox.\n");
    }

    /// <summary>Adds a line to a file for each call that could change something.</summary>
    private static void Record(CallLog calls, string path)
    {
        var gate = new Lock();
        calls.Written = call =>
        {
            lock (gate)
            {
                File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{call.AccountId} {call.Service}:{call.Operation} {call.Status}\n"));
            }
        };
    }

    private static Fault[] Faults(string[] args) =>
        [.. args.Index()
            .Where(argument => argument.Item == "--fault")
            .Select(argument => FaultText.Parse(args.ElementAtOrDefault(argument.Index + 1) ?? ""))];

    private static string? Text(string[] args, string name)
    {
        var index = Array.IndexOf(args, name);
        return index < 0 ? null : index + 1 < args.Length ? args[index + 1] : throw new ArgumentException($"{name} needs a value.");
    }

    private static int Number(string[] args, string name, int otherwise)
    {
        var index = Array.IndexOf(args, name);
        return index < 0
            ? otherwise
            : index + 1 < args.Length && int.TryParse(args[index + 1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentException($"{name} needs a number.");
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
