using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Benchmarks;

/// <summary>moto's server in a process of its own, with the estate of moto_scenario.py: a server that nobody here wrote.</summary>
internal sealed class MotoProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;

    private MotoProcess(Process process, Uri url, string estate) => (_process, Url, Estate) = (process, url, estate);

    /// <summary>Its address, of the loopback.</summary>
    public Uri Url { get; }

    /// <summary>The calls that ask for what is in it, as JSON.</summary>
    public string Estate { get; }

    /// <param name="region">The Region of the estate.</param>
    /// <param name="withImages">Whether it owns the images and snapshots of AWS's own, 1,200 of them, which no account does.</param>
    /// <exception cref="InvalidOperationException">python3 has no moto, or the estate cannot be made.</exception>
    public static async Task<MotoProcess> StartAsync(string region, bool withImages)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var server = Start(withImages, "-c", $"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{url.Port}'])");
        using var limit = new CancellationTokenSource(Patience);
        while (await server.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            // Its log says so when it listens.
            if (line.Contains("Running on", StringComparison.Ordinal))
            {
                _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
                _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new MotoProcess(server, url, await MakeEstateAsync(url, region));
            }
        }

        throw new InvalidOperationException("moto's server did not start. python3 needs boto3 and moto[server].");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task<string> MakeEstateAsync(Uri url, string region)
    {
        using var making = Start(withImages: true, Path.Combine(AppContext.BaseDirectory, "Aws", "Fidelity", "moto_scenario.py"), url.OriginalString, region);
        using var limit = new CancellationTokenSource(Patience);
        var problem = making.StandardError.ReadToEndAsync(limit.Token);
        var estate = await making.StandardOutput.ReadToEndAsync(limit.Token);
        await making.WaitForExitAsync(limit.Token);
        return making.ExitCode == 0 ? estate : throw new InvalidOperationException($"moto's server took no estate: {await problem}");
    }

    private static Process Start(bool withImages, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (!withImages)
        {
            start.Environment["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false";
        }

        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
