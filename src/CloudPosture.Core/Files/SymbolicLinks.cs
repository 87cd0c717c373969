using System.IO;
#if NETFRAMEWORK
using System;
using System.Runtime.InteropServices;
#endif

namespace CloudPosture.Files;

/// <summary>Where symbolic links lead.</summary>
internal static class SymbolicLinks
{
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

    /// <summary>Whether a path is a link, wherever it leads.</summary>
    public static bool IsLink(string path) => LinkOf(path) is not null;

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
        using var file = PrivateFiles.Read(path);
        var text = new System.Text.StringBuilder(1 << 15);
        var name = GetFinalPathNameByHandle(file.SafeFileHandle, text, text.Capacity, 0) > 0 ? text.ToString() : path;
        name = name.StartsWith(Prefix + @"UNC\", StringComparison.Ordinal) ? @"\\" + name.Substring(Prefix.Length + 4)
            : name.StartsWith(Prefix, StringComparison.Ordinal) ? name.Substring(Prefix.Length)
            : name;
        return string.Equals(name, path, StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern int GetFinalPathNameByHandle(Microsoft.Win32.SafeHandles.SafeFileHandle file, System.Text.StringBuilder path, int size, int flags);

    [DllImport("libc", EntryPoint = "readlink", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern IntPtr ReadLink(string path, byte[] buffer, IntPtr size);
#else
    private static string? LinkOf(string path) => new FileInfo(path).LinkTarget;
#endif
}
