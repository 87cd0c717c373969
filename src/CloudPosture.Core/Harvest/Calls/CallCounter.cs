using System.Threading;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Calls;

/// <summary>Counts the calls of one operation. Thread-safe.</summary>
internal sealed class CallCounter
{
    private long _calls;
    private long _throttled;
    private long _retried;
    private long _denied;
    private long _bytes;

    public void Call(bool isRetry)
    {
        Interlocked.Increment(ref _calls);
        if (isRetry)
        {
            Interlocked.Increment(ref _retried);
        }
    }

    public void Throttled() => Interlocked.Increment(ref _throttled);

    public void Denied() => Interlocked.Increment(ref _denied);

    public void Received(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public OperationStatistics ToStatistics(string operation) => new()
    {
        Operation = operation,
        Calls = Interlocked.Read(ref _calls),
        Throttled = Interlocked.Read(ref _throttled),
        Retried = Interlocked.Read(ref _retried),
        Denied = Interlocked.Read(ref _denied),
        Bytes = Interlocked.Read(ref _bytes),
    };
}
