using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Protocols;
using CloudPosture.Buffers;

namespace CloudPosture.Aws.Transport;

/// <summary>Reads a whole body into pooled memory.</summary>
internal static class BodyReader
{
    // Pages of AWS's APIs are far smaller; the bound keeps a broken endpoint from taking all memory.
    private const int LongestBody = 64 * 1024 * 1024;
    private const int FirstRead = 16 * 1024;

    /// <exception cref="MalformedAnswerException">The body is longer than any answer of AWS.</exception>
    public static async Task<ByteBuffer> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var announced = content.Headers.ContentLength ?? FirstRead;
        CheckLength(announced);
        var buffer = new ByteBuffer((int)announced + 1);
        try
        {
#if NET
            using var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
#else
            using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            while (true)
            {
                buffer.GetSpan();
                var read = await stream.ReadAsync(buffer.Array, buffer.Length, buffer.Array.Length - buffer.Length, ct).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer;
                }

                buffer.Advance(read);
                CheckLength(buffer.Length);
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static void CheckLength(long length)
    {
        if (length > LongestBody)
        {
            throw new MalformedAnswerException($"The answer is longer than {LongestBody / (1024 * 1024)} MiB.");
        }
    }
}
