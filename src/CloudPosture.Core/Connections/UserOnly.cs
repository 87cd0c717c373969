using System;
using System.IO;
#if NETFRAMEWORK
using System.Runtime.InteropServices;
#else
using System.Runtime.Versioning;
#endif
using System.Security.AccessControl;
using System.Security.Principal;

namespace CloudPosture.Connections;

/// <summary>Folders and files that nobody but the user (and the machine's administrators) may open.</summary>
internal static class UserOnly
{
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

#if NETFRAMEWORK
        Directory.CreateDirectory(path);
        if (IsWindows)
        {
            new DirectoryInfo(path).SetAccessControl(Restrict(new DirectorySecurity(), InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit));
        }
        else
        {
            ChangeMode(path, Convert.ToInt32("700", 8));
        }
#else
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            new DirectoryInfo(path).SetAccessControl(Restrict(new DirectorySecurity(), InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit));
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#endif
    }

    /// <summary>Opens a file for writing, emptied, and for this process alone.</summary>
    public static FileStream CreateFile(string path)
    {
#if NETFRAMEWORK
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 4096, useAsync: true);
        if (IsWindows)
        {
            new FileInfo(path).SetAccessControl(Restrict(new FileSecurity(), InheritanceFlags.None));
        }
        else
        {
            ChangeMode(path, Convert.ToInt32("600", 8));
        }

        return stream;
#else
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(path, options);
        }

        var stream = new FileStream(path, options);
        new FileInfo(path).SetAccessControl(Restrict(new FileSecurity(), InheritanceFlags.None));
        return stream;
#endif
    }

#if NETFRAMEWORK
    private static bool IsWindows => Path.DirectorySeparatorChar == '\\';

    private static void ChangeMode(string path, int mode)
    {
        if (NativeChangeMode(path, mode) != 0)
        {
            throw new IOException($"The access rights of {path} cannot be set.");
        }
    }

    [DllImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static extern int NativeChangeMode([MarshalAs(UnmanagedType.LPStr)] string path, int mode);
#else
    [SupportedOSPlatform("windows")]
#endif
    private static T Restrict<T>(T security, InheritanceFlags inheritance)
        where T : FileSystemSecurity
    {
        using var user = WindowsIdentity.GetCurrent();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var identity in new[] { user.User!, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null), new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null) })
        {
            security.AddAccessRule(new FileSystemAccessRule(identity, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
        }

        return security;
    }
}
