using System;
using System.IO;
using System.IO.Compression;
using CloudPosture.Json;

namespace CloudPosture.Lake.Storage;

/// <summary>Compresses lines into one gzip member and hashes it. Does not own the stream it writes to.</summary>
internal sealed class MemberEncoder : IDisposable
{
    private const int FlushAt = 1 << 16;
    private readonly HashingStream _hashing;
    private readonly GZipStream _gzip;

    public MemberEncoder(Stream target)
    {
        _hashing = new HashingStream(target);
        _gzip = new GZipStream(_hashing, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>Where lines are written to; <see cref="EndLine"/> after each.</summary>
    public ByteBuffer Buffer { get; } = new(2 * FlushAt);

    public void EndLine()
    {
        Buffer.Append((byte)'\n');
        if (Buffer.Length >= FlushAt)
        {
            Compress();
        }
    }

    /// <summary>Ends the member.</summary>
    /// <returns>Its hash.</returns>
    public string Finish()
    {
        Compress();
        _gzip.Dispose();
        return _hashing.Hash();
    }

    public void Dispose()
    {
        Buffer.Dispose();
        _gzip.Dispose();
        _hashing.Dispose();
    }

    private void Compress()
    {
        _gzip.Write(Buffer.Array, 0, Buffer.Length);
        Buffer.Clear();
    }
}
