using System;
using System.IO;
#if NETFRAMEWORK
using System.Runtime.InteropServices;
#endif
using System.Security.AccessControl;
using System.Security.Principal;

namespace CloudPosture.Lake;

/// <summary>Files and folders that only the current user can open.</summary>
internal static class PrivateFiles
{
    private const int BufferSize = 1 << 16;
    private const int MostAttempts = 100;

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
            directory.SetAccessControl(OwnerOnly());
        }
        else
        {
            ChangeMode(path, Convert.ToUInt32("700", 8));
        }
#else
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            new DirectoryInfo(path).SetAccessControl(OwnerOnly());
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#endif
    }

    /// <summary>Whether an exception says that the disk or its owner refuses. A file that grows beyond what the file system or a limit allows is told as an argument out of range.</summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Opens a file for writing; a new one belongs to the user alone (on Windows by its folder).</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.Read, int bufferSize = BufferSize)
    {
#if NETFRAMEWORK
        var isNew = !File.Exists(path);
        var stream = new FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize);
        if (isNew && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            ChangeMode(path, Convert.ToUInt32("600", 8));
        }

        return stream;
#else
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = bufferSize };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
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

#if NETFRAMEWORK
    [DllImport("libc", EntryPoint = "chmod", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int ChangeMode(string path, uint mode);
#else
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
    private static DirectorySecurity OwnerOnly()
    {
        using var user = WindowsIdentity.GetCurrent();
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(
            user.User!,
            FileSystemRights.FullControl,
            InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
            PropagationFlags.None,
            AccessControlType.Allow));
        return security;
    }
}
