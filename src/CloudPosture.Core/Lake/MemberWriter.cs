using System;
using System.IO;
using System.IO.Compression;
using CloudPosture.Files;
using CloudPosture.Json;

namespace CloudPosture.Lake;

/// <summary>Appends one gzip member to a file; without <see cref="Finish"/> the file is cut back to where it was.</summary>
internal sealed class MemberWriter : IDisposable
{
    private const int FlushAt = 1 << 16;
    private readonly FileStream _file;
    private readonly long _offset;
    private readonly HashingStream _hashing;
    private readonly GZipStream _gzip;
    private bool _isFinished;

    public MemberWriter(string path, long offset, FileMode mode = FileMode.OpenOrCreate)
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = PrivateFiles.Open(path, mode);
        _file.SetLength(offset);
        _file.Seek(0, SeekOrigin.End);
        _offset = offset;
        _hashing = new HashingStream(_file);
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

    /// <summary>Ends the member and waits until it is on the disk.</summary>
    public Segment Finish()
    {
        Compress();
        _gzip.Dispose();
        _file.Flush(flushToDisk: true);
        _isFinished = true;
        return new Segment(_offset, _file.Position - _offset, _hashing.Hash());
    }

    public void Dispose()
    {
        Buffer.Dispose();
        if (_isFinished)
        {
            _file.Dispose();
        }
        else
        {
            Quietly(_gzip.Dispose);
            Quietly(() => _file.SetLength(_offset));
            Quietly(_file.Dispose);
        }

        _hashing.Dispose();
    }

    private void Compress()
    {
        _gzip.Write(Buffer.Array, 0, Buffer.Length);
        Buffer.Clear();
    }

    /// <summary>The next writer cuts the tail too, so that a disk that refuses even this does no harm.</summary>
    private static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
        }
    }
}
