using System;
using System.IO;
using System.Text;

namespace CloudPosture.Files;

/// <summary>
/// Files that a team has, often in a repository: whoever may read and write them keeps these rights, and a link to one stays a link. A
/// reader meets the old file or the new one, never half of one.
/// </summary>
internal static class SharedFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Replaces a file as a whole, or makes it.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="write">Writes what is to stand there.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static T Replace<T>(string path, Func<StreamWriter, T> write)
    {
        var target = SymbolicLinks.TargetOf(Path.GetFullPath(path));
        var draft = $"{target}.{Guid.NewGuid():N}.new";
        try
        {
            T result;
            using (var file = new StreamWriter(draft, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
            {
                result = write(file);
            }

            Move(draft, target);
            return result;
        }
        finally
        {
            PrivateFiles.Forget(draft);
        }
    }

    /// <summary>Waits until nobody else changes a file. The lock lies beside it, and is gone afterwards.</summary>
    /// <param name="path">The file, or a link to it; its folder is there.</param>
    /// <exception cref="IOException">Somebody else changed it all the while.</exception>
    public static IDisposable Lock(string path)
    {
        var target = SymbolicLinks.TargetOf(Path.GetFullPath(path)) + ".lock";
        return Patiently.TryAsync(
            () => FileLock.TryLock(target) ?? throw new BusyException($"Another process has kept '{path}' for {Patience.TotalSeconds:0} seconds. Try again when it has finished."),
            problem => problem is BusyException || (problem is UnauthorizedAccessException && File.Exists(target)),
            Patience,
            default).GetAwaiter().GetResult();
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
