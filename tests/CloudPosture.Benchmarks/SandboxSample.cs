using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>Real answers of the sandbox, for measurements that need no server.</summary>
internal static class SandboxSample
{
    private static readonly SandboxOptions Estate = new() { Accounts = 1, Regions = 1, ResourcesPerAccount = 20_000, RecordCalls = false };

    /// <summary>The body of one answer.</summary>
    public static async Task<(OperationModel Operation, byte[] Body)> ReadAsync(string service, string operation, object input)
    {
        await using var server = await SandboxServer.StartAsync(Estate, CancellationToken.None);
        using var recorder = new RecordingHandler();
        using var client = new AwsClient(SandboxContent.Shipped.Models, new AwsClientOptions { EndpointUrl = server.Url, HttpMessageHandler = recorder });
        var key = server.Organization.OperatorKey;
        var model = SandboxContent.Shipped.Models.Get(service).Operation(operation);
        using var answer = await client.SendAsync(
            new AwsCall
            {
                Operation = model,
                Input = JsonSerializer.SerializeToElement(input),
                Target = new AwsTarget { Credentials = new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), Region = "us-east-1" },
            },
            CancellationToken.None);
        return recorder.Body.Length < 5_000
            ? throw new InvalidOperationException($"The sandbox's answer to {operation} is too small to measure: {recorder.Body.Length} bytes.")
            : (model, recorder.Body);
    }
}
