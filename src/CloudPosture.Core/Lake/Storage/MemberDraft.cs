using System;
using System.IO;
using CloudPosture.Files;
using CloudPosture.Json;

namespace CloudPosture.Lake.Storage;

/// <summary>A gzip member that is written beside its file until it is appended, so that several may be written at a time.</summary>
internal sealed class MemberDraft : IDisposable
{
    private readonly string _path;
    private readonly SpillStream _draft;
    private readonly MemberEncoder _encoder;
    private string? _hash;

    /// <param name="path">The file to append to in the end.</param>
    public MemberDraft(string path)
    {
        _path = path;
        _draft = new SpillStream(path);
        _encoder = new MemberEncoder(_draft);
    }

    /// <inheritdoc cref="MemberEncoder.Buffer"/>
    public ByteBuffer Buffer => _encoder.Buffer;

    public void EndLine() => _encoder.EndLine();

    /// <summary>Ends the member.</summary>
    public void Finish() => _hash ??= _encoder.Finish();

    /// <summary>Appends the finished member.</summary>
    /// <param name="offset">Where the file ends; what is beyond is cut off.</param>
    public Segment Append(long offset)
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(_path)!);
        using var file = PrivateFiles.Open(_path, FileMode.OpenOrCreate);
        file.SetLength(offset);
        file.Seek(0, SeekOrigin.End);
        try
        {
            _draft.CopyAll(file);
            file.Flush();
            return new Segment(offset, file.Position - offset, _hash!);
        }
        catch
        {
            PrivateFiles.Quietly(() => file.SetLength(offset));
            throw;
        }
    }

    public void Dispose()
    {
        PrivateFiles.Quietly(_encoder.Dispose);
        PrivateFiles.Quietly(_draft.Dispose);
    }
}
