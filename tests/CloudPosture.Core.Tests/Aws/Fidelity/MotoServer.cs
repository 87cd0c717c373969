using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Benchmarks;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>moto's server for the tests of a class, where python3 has it.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    public const string Region = "eu-central-1";

    private MotoProcess? _process;

    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("test", "test");

    public Uri Endpoint => _process?.Url ?? throw new InvalidOperationException("python3 has no moto.");

    public IReadOnlyList<ReferenceCall> Calls { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (Python.HasMoto)
        {
            _process = await MotoProcess.StartAsync(Region, withImages: true);
            Calls = [.. JsonNode.Parse(_process.Estate)!.AsArray().Select(call => new ReferenceCall((string)call!["service"]!, (string)call["operation"]!, call["input"]!.AsObject(), Region))];
        }
    }

    public Task DisposeAsync()
    {
        _process?.Dispose();
        return Task.CompletedTask;
    }
}
