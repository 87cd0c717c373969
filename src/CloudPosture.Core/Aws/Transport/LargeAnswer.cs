using System;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Aws.Transport;

/// <summary>
/// One of the few places for large answers: however many arrive, the others wait in the network until one is free. Of those that
/// are huge there is one at a time, for what is made of an answer takes several times its size.
/// </summary>
internal sealed class LargeAnswer : IDisposable
{
    /// <summary>The size in bytes from which an answer needs a place.</summary>
    public const int Size = 256 * 1024;

    /// <summary>The size in bytes from which an answer is alone with its like.</summary>
    public const int HugeSize = 4 * 1024 * 1024;

    private static readonly SemaphoreSlim Places = new(4);
    private static readonly SemaphoreSlim Huge = new(1);
    private int _isLeft;
    private bool _isHuge;

    private LargeAnswer()
    {
    }

    public static async Task<LargeAnswer> EnterAsync(CancellationToken cancellationToken)
    {
        await Places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new LargeAnswer();
    }

    /// <summary>Whether an answer of so many bytes must wait before more of it is read.</summary>
    public bool IsTooSmallFor(int length) => !_isHuge && length >= HugeSize;

    /// <summary>Waits until no other huge answer is there. Who has this place waits for none of those who wait for it.</summary>
    public async Task GrowAsync(CancellationToken cancellationToken)
    {
        await Huge.WaitAsync(cancellationToken).ConfigureAwait(false);
        _isHuge = true;
    }

    /// <summary>Leaves the place to another.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) != 0)
        {
            return;
        }

        if (_isHuge)
        {
            Huge.Release();
        }

        Places.Release();
    }
}
