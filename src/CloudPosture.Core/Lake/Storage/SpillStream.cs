using System;
using System.IO;
using CloudPosture.Files;

namespace CloudPosture.Lake.Storage;

/// <summary>Holds what is written: in memory while it is little, then in a draft beside a file. The draft goes with the stream.</summary>
internal sealed class SpillStream(string path) : Stream
{
    private const int MostInMemory = 1 << 17;
    private MemoryStream? _memory = new();
    private string? _draft;
    private FileStream? _file;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Held.Length;

    public override long Position { get => Held.Position; set => throw new NotSupportedException(); }

    private Stream Held => (Stream?)_file ?? _memory!;

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_memory is { } memory && memory.Length + count > MostInMemory)
        {
            Spill(memory);
        }

        Held.Write(buffer, offset, count);
    }

    /// <summary>Writes all that is held to another stream.</summary>
    public void CopyAll(Stream target)
    {
        Held.Position = 0;
        Held.CopyTo(target);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _memory?.Dispose();
            if (_file is not null)
            {
                PrivateFiles.Quietly(_file.Dispose);
                PrivateFiles.Forget(_draft!);
            }
        }

        base.Dispose(disposing);
    }

    private void Spill(MemoryStream memory)
    {
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
        _draft = PrivateFiles.NewDraft(path);
        _file = PrivateFiles.Open(_draft, FileMode.CreateNew);
        memory.WriteTo(_file);
        memory.Dispose();
        _memory = null;
    }
}
