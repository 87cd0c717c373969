using System;
using System.IO;
using CloudPosture.Files;
using CloudPosture.Json;

namespace CloudPosture.Lake.Storage;

/// <summary>Appends one gzip member to a file of one's own; without <see cref="Finish"/> the file is cut back to where it was.</summary>
internal sealed class MemberWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly long _offset;
    private readonly MemberEncoder _encoder;
    private bool _isFinished;

    /// <param name="path">The file; with the default mode it must not be there.</param>
    /// <param name="offset">Where it ends; what is beyond is cut off.</param>
    /// <param name="mode">How to open it.</param>
    public MemberWriter(string path, long offset = 0, FileMode mode = FileMode.CreateNew)
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = PrivateFiles.Open(path, mode);
        _file.SetLength(offset);
        _file.Seek(0, SeekOrigin.End);
        _offset = offset;
        _encoder = new MemberEncoder(_file);
    }

    /// <inheritdoc cref="MemberEncoder.Buffer"/>
    public ByteBuffer Buffer => _encoder.Buffer;

    public void EndLine() => _encoder.EndLine();

    /// <summary>Ends the member.</summary>
    /// <param name="isKept">Whether it outlives this process, so that it must be on the disk before anything leads to it.</param>
    public Segment Finish(bool isKept)
    {
        var hash = _encoder.Finish();
        _file.Flush(flushToDisk: isKept);
        _isFinished = true;
        return new Segment(_offset, _file.Position - _offset, hash);
    }

    public void Dispose()
    {
        if (_isFinished)
        {
            _encoder.Dispose();
            _file.Dispose();
            return;
        }

        // Whoever wrote it forgets it, so that a disk that refuses even this does no harm.
        PrivateFiles.Quietly(_encoder.Dispose);
        PrivateFiles.Quietly(() => _file.SetLength(_offset));
        PrivateFiles.Quietly(_file.Dispose);
    }
}
