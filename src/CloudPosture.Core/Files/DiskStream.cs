using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Files;

/// <summary>
/// A file that is written. One that grows beyond what the file system or a limit allows is told by .NET as an argument out of range; here, where
/// nothing else can mean it, that becomes what it is: a refusal of the disk.
/// </summary>
internal sealed class DiskStream : FileStream
{
#if NET
    public DiskStream(string path, FileStreamOptions options)
        : base(path, options)
    {
    }
#else
    public DiskStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize, FileOptions options)
        : base(path, mode, access, share, bufferSize, options)
    {
    }
#endif

    /// <summary>Makes a file that is not there yet, with the rights that the user's other new files have.</summary>
    public static DiskStream Create(string path) =>
#if NET
        new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read });
#else
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 12, FileOptions.None);
#endif

    public override void Write(byte[] buffer, int offset, int count) => Try(() => base.Write(buffer, offset, count));

    public override void WriteByte(byte value) => Try(() => base.WriteByte(value));

    public override void Flush(bool flushToDisk) => Try(() => base.Flush(flushToDisk));

    public override void SetLength(long value) => Try(() => base.SetLength(value));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => TryAsync(base.WriteAsync(buffer, offset, count, cancellationToken));

    public override Task FlushAsync(CancellationToken cancellationToken) => TryAsync(base.FlushAsync(cancellationToken));

#if NET
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw Full(problem);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(TryAsync(base.WriteAsync(buffer, cancellationToken).AsTask()));
#endif

    protected override void Dispose(bool disposing) => Try(() => base.Dispose(disposing));

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw Full(problem);
        }
    }

    private static async Task TryAsync(Task act)
    {
        try
        {
            await act.ConfigureAwait(false);
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw Full(problem);
        }
    }

    private static IOException Full(ArgumentOutOfRangeException problem) => new("The file would be larger than the file system or a limit allows", problem);
}
