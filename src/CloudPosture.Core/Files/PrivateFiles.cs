using System;
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
    /// <summary>What ends the names of drafts.</summary>
    public const string DraftEnding = ".new";

    private const int BufferSize = 1 << 16;
    private static readonly TimeSpan LongestDraft = TimeSpan.FromHours(1);

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

    /// <summary>Whether an exception says that the disk or its owner refuses.</summary>
    public static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Opens a file for writing; a new one belongs to the user alone, whatever its folder allows.</summary>
    /// <exception cref="IOException">It is a symbolic link, which may lead anywhere, or the disk refuses.</exception>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.Read, int bufferSize = BufferSize, FileOptions options = FileOptions.None)
    {
        if (mode != FileMode.CreateNew && SymbolicLinks.IsLink(path))
        {
            throw new IOException($"{path} is a symbolic link, which is not written through. Put the file itself there");
        }

        var isNew = mode != FileMode.Open && !File.Exists(path);
#if NETFRAMEWORK
        var stream = new DiskStream(path, mode, FileAccess.ReadWrite, share, bufferSize, options);
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
        var how = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = bufferSize, Options = options };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new DiskStream(path, how);
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

    /// <summary>Whether an exception says that somebody else has a file open, so that waiting may help. What a disk or its owner refuses is refused at once.</summary>
    public static bool IsInUse(Exception exception) => exception switch
    {
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; ERROR_UNABLE_TO_REMOVE_REPLACED; EAGAIN of Linux and of macOS.
        IOException { HResult: unchecked((int)0x80070020) or unchecked((int)0x80070021) or unchecked((int)0x80070497) or 11 or 35 } => true,

        // Windows says so of a file that is to be replaced while somebody reads it.
        UnauthorizedAccessException => Path.DirectorySeparatorChar == '\\',
        _ => false,
    };

    /// <summary>Replaces a file as a whole: after a crash there is the old one or the new one.</summary>
    /// <exception cref="IOException">The disk refuses, or what is there is a pipe or a device.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        SpecialFile.Refuse(path);
        DraftNames.Hide(() => WriteDraft(path, write, draft => Replace(draft, path)));
    }

    /// <summary>Writes a file beside its place and takes it away again, so that what the disk would refuse shows before it matters.</summary>
    /// <exception cref="IOException">The disk refuses, or what is there is a pipe or a device.</exception>
    public static void TryToReplace(string path, Action<Stream> write)
    {
        SpecialFile.Refuse(path);
        DraftNames.Hide(() => WriteDraft(path, write, Forget));
    }

    private static bool WriteDraft(string path, Action<Stream> write, Action<string> end)
    {
        var draft = NewDraft(path);
        try
        {
            using (var stream = Open(draft, FileMode.CreateNew))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            end(draft);
            return true;
        }
        catch
        {
            Forget(draft);
            throw;
        }
    }

    /// <summary>A name for a draft of a file, to be opened with <see cref="FileMode.CreateNew"/>: nobody can guess it, so that nothing can wait there. What crashes left of earlier ones goes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLocked">True where nobody else can be writing one, so that any other is left over; otherwise age decides.</param>
    public static string NewDraft(string path, bool isLocked = false)
    {
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        foreach (var old in Directory.Exists(folder) ? Directory.GetFiles(folder, name + ".*" + DraftEnding) : [])
        {
            if (isLocked || TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(old) > LongestDraft)
            {
                Forget(old);
            }
        }

        return $"{path}.{Guid.NewGuid():N}{DraftEnding}";
    }

    /// <summary>Takes away the drafts of a file that a process left which died. The caller knows that nobody is writing one.</summary>
    public static void ForgetDrafts(string path) => NewDraft(path, isLocked: true);

    /// <summary>Does what no harm comes from where the disk refuses it.</summary>
    public static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (IsRefusal(problem))
        {
            // Callers say why it does no harm.
        }
    }

    /// <summary>Takes a draft away, if it is there. It holds nothing that is of use to anybody, and the next draft tries again.</summary>
    public static void Forget(string draft) => Quietly(() => File.Delete(draft));

    /// <summary>What is wrong with a folder that others may write to: they can put files of theirs in place of ours.</summary>
    /// <returns>Null where nothing is, and on Windows, whose folders inherit their rights.</returns>
    public static string? ExposureOf(string folder)
    {
#if NET
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && Directory.Exists(folder) && (File.GetUnixFileMode(folder) & Others) != 0)
        {
            return $"Others on this machine may write to {folder}, and so replace what lies there. Take the right from them: chmod go-w '{folder}'.";
        }
#endif
        return null;
    }

    /// <summary>Moves a finished file to its place, waiting for those who read what is there: Windows refuses it meanwhile, as a lack of access.</summary>
    /// <exception cref="IOException">Somebody kept the file open all the while.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, or the folder's rights forbid it.</exception>
    public static Task<bool> ReplaceAsync(string draft, string path, TimeSpan patience, CancellationToken cancellationToken) =>
        Patiently.TryAsync(
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

#if NETFRAMEWORK
    [DllImport("libc", EntryPoint = "chmod", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int ChangeMode(string path, uint mode);
#else
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
