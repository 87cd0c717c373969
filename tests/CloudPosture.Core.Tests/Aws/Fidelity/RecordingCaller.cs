using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>Keeps a few calls of each operation that a harvest makes.</summary>
internal sealed class RecordingCaller(IAwsCaller inner) : IAwsCaller
{
    private const int MostOfAnOperation = 4;
    private readonly ConcurrentDictionary<(string Service, string Operation), ConcurrentQueue<ReferenceCall>> _calls = new();

    public IReadOnlyList<ReferenceCall> Calls => [.. _calls.Values.SelectMany(calls => calls.Take(MostOfAnOperation))];

    public Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        var (service, operation) = (call.Operation.Service.Name, call.Operation.Name);
        var input = JsonNode.Parse(call.Input.ValueKind == System.Text.Json.JsonValueKind.Object ? call.Input.GetRawText() : "{}")!.AsObject();
        _calls.GetOrAdd((service, operation), _ => new()).Enqueue(new ReferenceCall(service, operation, input, call.Target.Region));
        return inner.SendAsync(call, cancellationToken);
    }
}
