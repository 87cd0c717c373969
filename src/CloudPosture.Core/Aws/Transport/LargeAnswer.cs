using System;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Aws.Transport;

/// <summary>One of the few places for large answers: however many arrive, the others wait in the network until one is free.</summary>
internal sealed class LargeAnswer : IDisposable
{
    /// <summary>The size in bytes from which an answer needs a place.</summary>
    public const int Size = 256 * 1024;

    private static readonly SemaphoreSlim Places = new(4);
    private int _isLeft;

    private LargeAnswer()
    {
    }

    public static async Task<LargeAnswer> EnterAsync(CancellationToken ct)
    {
        await Places.WaitAsync(ct).ConfigureAwait(false);
        return new LargeAnswer();
    }

    /// <summary>Leaves the place to another.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            Places.Release();
        }
    }
}
