using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Protocols;
using CloudPosture.Json;

namespace CloudPosture.Aws.Transport;

/// <summary>A whole body in pooled memory.</summary>
internal sealed class ResponseBody : IDisposable
{
    // Pages of AWS's APIs are far smaller; the bound keeps a broken endpoint from taking all memory.
    private const int Longest = 64 * 1024 * 1024;
    private const int FirstRead = 16 * 1024;

    private readonly ByteBuffer _buffer;
    private LargeAnswer? _place;

    private ResponseBody(int capacity) => _buffer = new ByteBuffer(capacity);

    /// <summary>The bytes, valid until <see cref="Dispose"/>.</summary>
    public ArraySegment<byte> Bytes => new(_buffer.Array, 0, _buffer.Length);

    /// <summary>Reads a body.</summary>
    /// <param name="content">The body.</param>
    /// <param name="enter">Takes a place for a large one of so many bytes, or makes the one it has large enough.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="MalformedAnswerException">The body is longer than any answer of AWS.</exception>
    public static async Task<ResponseBody> ReadAsync(HttpContent content, Func<LargeAnswer?, int, Task<LargeAnswer>> enter, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength ?? FirstRead;
        CheckLength(announced);
        var body = new ResponseBody((int)Math.Min(announced, LargeAnswer.Size) + 1);
        try
        {
            await body.FillAsync(content, (int)announced, enter, cancellationToken).ConfigureAwait(false);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Hands over the place that a large body takes; null for a small one.</summary>
    public LargeAnswer? TakePlace()
    {
        var place = _place;
        _place = null;
        return place;
    }

    /// <summary>Gives memory and place back.</summary>
    public void Dispose()
    {
        _buffer.Dispose();
        _place?.Dispose();
    }

    private async Task FillAsync(HttpContent content, int announced, Func<LargeAnswer?, int, Task<LargeAnswer>> enter, CancellationToken cancellationToken)
    {
#if NET
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        while (_buffer.Length < Longest)
        {
            _buffer.GetSpan(_place is null ? 1 : Math.Max(announced - _buffer.Length, 0) + 1);
            var read = await stream.ReadAsync(_buffer.Array, _buffer.Length, _buffer.Array.Length - _buffer.Length, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            _buffer.Advance(read);
            CheckLength(_buffer.Length);
            if (_buffer.Length >= LargeAnswer.Size && _place?.IsTooSmallFor(_buffer.Length) != false)
            {
                await EnterAsync(Math.Max(announced, _buffer.Length), enter).ConfigureAwait(false);
            }
        }

        // Whether there is more takes a byte to find out, not a buffer of twice the size.
        CheckLength(Longest + await stream.ReadAsync(new byte[1], 0, 1, cancellationToken).ConfigureAwait(false));
    }

    private async Task EnterAsync(int length, Func<LargeAnswer?, int, Task<LargeAnswer>> enter) =>
        _place = await enter(_place, length).ConfigureAwait(false);

    private static void CheckLength(long length)
    {
        if (length > Longest)
        {
            throw new MalformedAnswerException($"The answer is longer than {Longest / (1024 * 1024)} MiB.") { IsTooLong = true };
        }
    }
}
