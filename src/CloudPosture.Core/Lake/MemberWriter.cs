using System;
using System.IO;
using CloudPosture.Files;
using CloudPosture.Json;

namespace CloudPosture.Lake;

/// <summary>Writes a file that is one gzip member; without <see cref="Finish"/> the file is left empty.</summary>
internal sealed class MemberWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly MemberEncoder _encoder;
    private bool _isFinished;

    /// <summary>Begins the file, which must not be there.</summary>
    public MemberWriter(string path)
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = PrivateFiles.Open(path, FileMode.CreateNew);
        _encoder = new MemberEncoder(_file);
    }

    /// <inheritdoc cref="MemberEncoder.Buffer"/>
    public ByteBuffer Buffer => _encoder.Buffer;

    public void EndLine() => _encoder.EndLine();

    /// <summary>Ends the member and waits until it is on the disk.</summary>
    public Segment Finish()
    {
        var hash = _encoder.Finish();
        _file.Flush(flushToDisk: true);
        _isFinished = true;
        return new Segment(0, _file.Position, hash);
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
        PrivateFiles.Quietly(() => _file.SetLength(0));
        PrivateFiles.Quietly(_file.Dispose);
    }
}
