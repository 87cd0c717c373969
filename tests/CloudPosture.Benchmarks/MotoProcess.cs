using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace CloudPosture.Benchmarks;

/// <summary>moto's server in a process of its own, with the estate that the fidelity tests make in it: a server that nobody here wrote.</summary>
internal sealed class MotoProcess : IDisposable
{
    private readonly Process _process;

    private MotoProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <exception cref="InvalidOperationException">python3 has no moto, or the estate cannot be made.</exception>
    public static async Task<MotoProcess> StartAsync(string region)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var server = Start($"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{url.Port}'])");
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("Running on", StringComparison.Ordinal))
            {
                _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
                _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                await MakeEstateAsync(url, region);
                return new MotoProcess(server, url);
            }
        }

        throw new InvalidOperationException("moto's server did not start. python3 needs boto3 and moto[server].");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task MakeEstateAsync(Uri url, string region)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "moto_scenario.py"), url.OriginalString, region]) { RedirectStandardOutput = true };
        using var making = Process.Start(start)!;
        _ = making.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await making.WaitForExitAsync();
        if (making.ExitCode != 0)
        {
            throw new InvalidOperationException("moto's server took no estate.");
        }
    }

    private static Process Start(string script)
    {
        var start = new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardError = true, RedirectStandardOutput = true };
        // Its 1,200 snapshots of AWS's own images, owned by the account it plays, are nothing that an account has.
        start.Environment["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false";
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
