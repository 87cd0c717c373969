using System.Threading;
using CloudPosture.Aws;

namespace CloudPosture.Harvest;

/// <summary>What one service pass knows of a Region, or of one operation there. Thread-safe.</summary>
internal sealed class Line
{
    private AwsServiceException? _dead;
    private long _answers;

    /// <summary>Why it is not asked again; null while it is.</summary>
    public AwsServiceException? Dead => Volatile.Read(ref _dead);

    /// <summary>How often it answered, if only with an error.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    public void Answered() => Interlocked.Increment(ref _answers);

    /// <summary>Asks no more.</summary>
    /// <returns>False where that was decided before.</returns>
    public bool TryKill(AwsServiceException reason) => Interlocked.CompareExchange(ref _dead, reason, null) is null;
}
