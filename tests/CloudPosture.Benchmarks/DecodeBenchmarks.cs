using System;
using System.Net.Http;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Protocols;
using CloudPosture.Json;

namespace CloudPosture.Benchmarks;

/// <summary>Decoding of whole answers; MB/s is the body's size over the time.</summary>
[MemoryDiagnoser]
[Config(typeof(ThroughputConfig))]
public class DecodeBenchmarks
{
    private readonly HttpResponseMessage _response = new();
    private OperationModel _operation = null!;
    private byte[] _body = [];

    /// <summary>The protocol and an answer that is typical of it.</summary>
    [Params("query", "ec2", "json", "rest-json", "rest-xml")]
    public string Protocol { get; set; } = "";

    // Benchmarks in this process are not waited for while they are set up.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        (_operation, _body) = Protocol switch
        {
            "query" => await SandboxSample.ReadAsync("iam", "GetAccountAuthorizationDetails", new { Filter = new[] { "Role" }, MaxItems = 1000 }),
            "ec2" => await SandboxSample.ReadAsync("ec2", "DescribeInstances", new { MaxResults = 1000 }),
            "json" => await SandboxSample.ReadAsync("logs", "DescribeMetricFilters", new { limit = 50 }),
            "rest-json" => await SandboxSample.ReadAsync("lambda", "ListFunctions", new { MaxItems = 50 }),
            _ => await SandboxSample.ReadAsync("s3", "ListBuckets", new { MaxBuckets = 1000 }),
        };
        ThroughputColumn.Instance.Record(Protocol, _body.Length / 1e6, "MB");
    }

    [Benchmark]
    public int Decode()
    {
        using var output = new ByteBuffer(_body.Length + 256);
        AnswerDecoder.Decode(_operation, _response, new ArraySegment<byte>(_body), output);
        return output.Length;
    }
}
