using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Reporting.Html;

/// <summary>
/// JSON, gzipped and in Base64: a tenth of the size, and of letters that mean nothing to HTML, whatever names lie in it. Little of it
/// is held at a time.
/// </summary>
internal sealed class PackedJson : IDisposable
{
    private const int Portion = 1 << 16;
    private const int Group = 3;
    private readonly Stream _output;
    private readonly MemoryStream _packed = new();
    private readonly GZipStream _gzip;

    public PackedJson(Stream output)
    {
        _output = output;
        _gzip = new GZipStream(_packed, CompressionLevel.Optimal, leaveOpen: true);
        Json = new Utf8JsonWriter(_gzip, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Hands on what has gathered, once that is worth it.</summary>
    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        if (Json.BytesPending < Portion)
        {
            return Task.CompletedTask;
        }

        Json.Flush();
        return DrainAsync(Group, cancellationToken);
    }

    /// <summary>Writes the rest.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        Json.Dispose();
        _gzip.Dispose();
        return DrainAsync(1, cancellationToken);
    }

    public void Dispose()
    {
        Json.Dispose();
        _gzip.Dispose();
        _packed.Dispose();
    }

    // Base64 takes three bytes at a time: what is left over waits for the next.
    private async Task DrainAsync(int group, CancellationToken cancellationToken)
    {
        var count = (int)_packed.Length / group * group;
        var rest = (int)_packed.Length - count;
        var bytes = _packed.GetBuffer();
        var letters = Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, 0, count));
        Buffer.BlockCopy(bytes, count, bytes, 0, rest);
        _packed.SetLength(rest);
        _packed.Position = rest;
        await _output.WriteAsync(letters, 0, letters.Length, cancellationToken).ConfigureAwait(false);
    }
}
