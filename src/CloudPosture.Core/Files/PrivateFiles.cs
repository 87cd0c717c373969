using System;
using System.Diagnostics;
using System.IO;
#if NETFRAMEWORK
using System.Runtime.InteropServices;
#endif
using System.Security.AccessControl;
using System.Security.Principal;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Files;

/// <summary>Files and folders that only the current user can open.</summary>
internal static class PrivateFiles
{
    private const int BufferSize = 1 << 16;
    private const int MostAttempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Creates a folder and those above it that are missing.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateDirectory(parent);
        }

#if NETFRAMEWORK
        var directory = Directory.CreateDirectory(path);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            directory.SetAccessControl(OwnerOnly(new DirectorySecurity(), InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit));
        }
        else
        {
            ChangeMode(path, Convert.ToUInt32("700", 8));
        }
#else
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            new DirectoryInfo(path).SetAccessControl(OwnerOnly(new DirectorySecurity(), InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit));
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#endif
    }

    /// <summary>Whether an exception says that the disk or its owner refuses. A file that grows beyond what the file system or a limit allows is told as an argument out of range.</summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Opens a file for writing; a new one belongs to the user alone, whatever its folder allows.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.Read, int bufferSize = BufferSize)
    {
        var isNew = mode != FileMode.Open && !File.Exists(path);
#if NETFRAMEWORK
        var stream = new FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize);
        if (isNew && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            ChangeMode(path, Convert.ToUInt32("600", 8));
        }
        else if (isNew)
        {
            new FileInfo(path).SetAccessControl(OwnerOnly(new FileSecurity(), InheritanceFlags.None));
        }

        return stream;
#else
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = bufferSize };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        if (isNew && OperatingSystem.IsWindows())
        {
            new FileInfo(path).SetAccessControl(OwnerOnly(new FileSecurity(), InheritanceFlags.None));
        }

        return stream;
#endif
    }

    /// <summary>Opens a file for reading that others may be writing.</summary>
    public static FileStream Read(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize);

    /// <summary>Takes a lock that ends with its stream, or with the process.</summary>
    /// <param name="path">The lock's file, which goes with it.</param>
    /// <returns>Null while somebody else has it.</returns>
    public static FileStream? TryLock(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
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
        PatientlyAsync(() => Open(path, FileMode.OpenOrCreate, FileShare.None), problem => problem is IOException && IsInUse(problem), patience, cancellationToken);

    /// <summary>Whether an exception says that somebody else has a file open, so that waiting may help. What a disk or its owner refuses is refused at once.</summary>
    public static bool IsInUse(Exception exception) => exception switch
    {
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; ERROR_UNABLE_TO_REMOVE_REPLACED; EAGAIN of Linux and of macOS.
        IOException { HResult: unchecked((int)0x80070020) or unchecked((int)0x80070021) or unchecked((int)0x80070497) or 11 or 35 } => true,

        // Windows says so of a file that is to be replaced while somebody reads it.
        UnauthorizedAccessException => Path.DirectorySeparatorChar == '\\',
        _ => false,
    };

    /// <summary>Where a path leads: the file itself, or what a symbolic link to it stands for.</summary>
    public static string TargetOf(string path)
    {
        // A chain that is longer is a circle, and opening it says so.
        for (var links = 0; links < 40 && LinkOf(path) is { } target; links++)
        {
            path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, target));
        }

        return path;
    }

    /// <summary>Replaces a file as a whole: after a crash there is the old one or the new one.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        var draft = path + ".new";
        using (var stream = Open(draft, FileMode.Create))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        Replace(draft, path);
    }

    /// <summary>Moves a finished file to its place, waiting for those who read what is there: Windows refuses it meanwhile, as a lack of access.</summary>
    /// <exception cref="IOException">Somebody kept the file open all the while.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, or the folder's rights forbid it.</exception>
    public static Task<bool> ReplaceAsync(string draft, string path, TimeSpan patience, CancellationToken cancellationToken) =>
        PatientlyAsync(
            () =>
            {
                Replace(draft, path);
                return true;
            },
            IsInUse,
            patience,
            cancellationToken);

    /// <summary>Moves a finished file to its place.</summary>
    public static void Replace(string draft, string path)
    {
#if NETFRAMEWORK
        if (File.Exists(path))
        {
            File.Replace(draft, path, null);
        }
        else
        {
            File.Move(draft, path);
        }
#else
        File.Move(draft, path, overwrite: true);
#endif
    }

    private static async Task<T> PatientlyAsync<T>(Func<T> attempt, Func<Exception, bool> isPassing, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (Exception problem) when (isPassing(problem) && waited.Elapsed < patience)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

#if NETFRAMEWORK
    private static string? LinkOf(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0 ? FinalPath(path) : null;
        }

        var buffer = new byte[4096];
        var length = (int)ReadLink(path, buffer, (IntPtr)buffer.Length);
        return length > 0 ? System.Text.Encoding.UTF8.GetString(buffer, 0, length) : null;
    }

    private static string? FinalPath(string path)
    {
        const string Prefix = @"\\?\";
        using var file = Read(path);
        var text = new System.Text.StringBuilder(1 << 15);
        var name = GetFinalPathNameByHandle(file.SafeFileHandle, text, text.Capacity, 0) > 0 ? text.ToString() : path;
        name = name.StartsWith(Prefix + @"UNC\", StringComparison.Ordinal) ? @"\\" + name.Substring(Prefix.Length + 4) : name.StartsWith(Prefix, StringComparison.Ordinal) ? name.Substring(Prefix.Length) : name;
        return string.Equals(name, path, StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern int GetFinalPathNameByHandle(Microsoft.Win32.SafeHandles.SafeFileHandle file, System.Text.StringBuilder path, int size, int flags);

    [DllImport("libc", EntryPoint = "readlink", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern IntPtr ReadLink(string path, byte[] buffer, IntPtr size);

    [DllImport("libc", EntryPoint = "chmod", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int ChangeMode(string path, uint mode);
#else
    private static string? LinkOf(string path) => new FileInfo(path).LinkTarget;

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
    private static T OwnerOnly<T>(T security, InheritanceFlags inheritance)
        where T : FileSystemSecurity
    {
        using var user = WindowsIdentity.GetCurrent();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
        return security;
    }
}
