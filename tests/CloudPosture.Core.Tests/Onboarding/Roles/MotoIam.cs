using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Onboarding.Roles;

/// <summary>moto's server with AWS's managed policies: an IAM that is not of our making.</summary>
public sealed class MotoIam : IAsyncLifetime
{
    private Process? _process;

    /// <summary>moto's one account.</summary>
    public const string AccountId = "123456789012";

    public Uri Endpoint { get; } = new($"http://127.0.0.1:{FreePort()}");

    public AwsTarget Target { get; } = new() { Credentials = new BasicAWSCredentials("test", "test"), Region = "us-east-1" };

    internal WriteCounter Calls { get; } = new();

    public AwsClient Client => field ??= new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = Endpoint, HttpMessageHandler = Calls });

    public async Task InitializeAsync()
    {
        if (!Python.HasMoto)
        {
            return;
        }

        _process = Python.Start("-c", $"import os; os.environ['MOTO_IAM_LOAD_MANAGED_POLICIES'] = 'true'; from moto.server import main; main(['-H', '127.0.0.1', '-p', '{Endpoint.Port}'])");
        while (await _process.StandardError.ReadLineAsync() is { } line && !line.Contains("Running on", StringComparison.Ordinal))
        {
        }

        _ = _process.StandardError.BaseStream.CopyToAsync(System.IO.Stream.Null);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null);
    }

    public Task DisposeAsync()
    {
        Client.Dispose();
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        return Task.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
