using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Benchmarks;

/// <summary>Counts the calls by account, model, Region and operation.</summary>
internal sealed class CountingCaller(IAwsCaller inner) : IAwsCaller
{
    public ConcurrentDictionary<(string Account, string Model, string Region, string Operation), int> Calls { get; } = new();

    public Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        Calls.AddOrUpdate((call.Target.AccountId ?? "", call.Operation.Service.Name, call.Target.Region, call.Operation.Name), 1, (_, count) => count + 1);
        return inner.SendAsync(call, cancellationToken);
    }
}
