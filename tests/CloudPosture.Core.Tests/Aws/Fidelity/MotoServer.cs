using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>moto's server on a free port of the loopback address, with the resources of moto_scenario.py.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    public const string Region = "eu-central-1";

    private Process? _process;

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("test", "test");

    public Uri Endpoint { get; } = new($"http://127.0.0.1:{FreePort()}");

    public IReadOnlyList<ReferenceCall> Calls { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (!Python.HasMoto)
        {
            return;
        }

        _process = Python.Start("-c", $"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{Endpoint.Port}'])");
        await WaitUntilItListensAsync(_process);
        _ = _process.StandardError.BaseStream.CopyToAsync(System.IO.Stream.Null);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null);
        var calls = JsonNode.Parse(await Python.RunAsync([Python.Script("moto_scenario.py"), Endpoint.OriginalString, Region], ""))!.AsArray();
        Calls = [.. calls.Select(call => new ReferenceCall((string)call!["service"]!, (string)call["operation"]!, call["input"]!.AsObject(), Region))];
    }

    public Task DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Its log's line "Running on …" says that it listens.</summary>
    private static async Task WaitUntilItListensAsync(Process process)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("Running on", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("moto's server did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
