using System;
using System.IO;
using System.Text;

namespace CloudPosture.Files;

/// <summary>
/// Files that a team has, often in a repository: whoever may read and write them keeps these rights, and a link to one stays a link. A
/// reader meets the old file or the new one, never half of one.
/// </summary>
public static class SharedFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Replaces a file as a whole, or makes it.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="write">Writes what is to stand there.</param>
    /// <param name="isMarked">Whether it begins with a byte order mark.</param>
    /// <exception cref="IOException">The disk refuses, or what is there is a pipe or a device.</exception>
    public static T Replace<T>(string path, Func<StreamWriter, T> write, bool isMarked = false)
    {
        var target = SymbolicLinks.TargetOf(Path.GetFullPath(path));
        SpecialFile.Refuse(target);
        return DraftNames.Hide(() =>
        {
            var draft = PrivateFiles.NewDraft(target);
            try
            {
                var result = Write(draft, write, isMarked);
                Move(draft, target);
                return result;
            }
            finally
            {
                PrivateFiles.Forget(draft);
            }
        });
    }

    /// <summary>Waits until nobody else changes a file. The lock lies beside it, and is gone afterwards.</summary>
    /// <param name="path">The file, or a link to it; its folder is there.</param>
    /// <exception cref="IOException">Somebody else changed it all the while.</exception>
    public static IDisposable Lock(string path)
    {
        var target = LockOf(path);
        return Patiently.TryAsync(
            () => FileLock.TryLock(target) ?? throw new BusyException($"Another process has kept '{path}' for {Patience.TotalSeconds:0} seconds. Try again when it has finished."),
            problem => problem is BusyException || (problem is UnauthorizedAccessException && File.Exists(target)),
            Patience,
            default).GetAwaiter().GetResult();
    }

    /// <summary>The file that is a file's lock while somebody has it.</summary>
    /// <param name="path">The file, or a link to it.</param>
    public static string LockOf(string path) => SymbolicLinks.TargetOf(Path.GetFullPath(path)) + ".lock";

    private static T Write<T>(string draft, Func<StreamWriter, T> write, bool isMarked)
    {
        using var file = DiskStream.Create(draft);
        using var text = new StreamWriter(file, new UTF8Encoding(isMarked), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        var result = write(text);
        text.Flush();
        file.Flush(flushToDisk: true);
        return result;
    }

    private static void Move(string draft, string target)
    {
#if NET
        // There a replaced file takes its rights with it.
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            File.Move(draft, target, overwrite: true);
            return;
        }
#endif
        if (File.Exists(target))
        {
            File.Replace(draft, target, null);
        }
        else
        {
            File.Move(draft, target);
        }
    }

    private sealed class BusyException(string message) : IOException(message);
}
