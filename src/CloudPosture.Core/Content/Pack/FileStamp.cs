using System.IO;

namespace CloudPosture.Content.Pack;

/// <summary>By what a file is known to be the one that was packed.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Written">When it was written last, in ticks of UTC.</param>
internal readonly record struct FileStamp(long Length, long Written)
{
    /// <summary>The stamp of a file that stands alone: nothing is beside it that could be newer.</summary>
    public static readonly FileStamp None;

    /// <summary>The stamp of a file; <see cref="None"/> where there is none.</summary>
    public static FileStamp Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks) : None;
}
