using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Files;

/// <summary>Locks between processes: files that are open to one of them.</summary>
internal static class FileLock
{
    private const int MostAttempts = 100;

    /// <summary>Takes a lock that ends with its stream, or with the process.</summary>
    /// <param name="path">The lock's file, which goes with it.</param>
    /// <returns>Null while somebody else has it.</returns>
    public static FileStream? TryLock(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path))
            {
                return null;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException && attempt < MostAttempts)
            {
                // Whoever had it may just have let go, and taken the file away.
            }
        }
    }

    /// <summary>Takes a lock that the system frees when its stream or its process ends, waiting for whoever has it.</summary>
    /// <param name="path">The lock's file, which stays.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="IOException">Somebody else had it all the while.</exception>
    public static Task<FileStream> LockAsync(string path, TimeSpan patience, CancellationToken cancellationToken) =>
        Patiently.TryAsync(() => PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None), problem => problem is IOException && PrivateFiles.IsInUse(problem), patience, cancellationToken);
}
