using System.IO;
#if NET
using System;
using System.Runtime.InteropServices;
#endif

namespace CloudPosture.Files;

/// <summary>Pipes, devices and sockets, which have the names of files. To replace one by a file destroys it: <c>/dev/null</c>, where the user may.</summary>
internal static class SpecialFile
{
    /// <summary>Refuses to put a file in the place of what is none.</summary>
    /// <param name="path">Where a file is to be written.</param>
    /// <exception cref="IOException">A pipe, a device or a socket is there, or a link to one.</exception>
    public static void Refuse(string path)
    {
        if (IsAt(path))
        {
            throw new IOException($"'{path}' is a pipe or a device, which a file would take the place of. Name a file.");
        }
    }

#if NET
    // statx(2): the same call and layout on every Linux.
    private const int WorkingFolder = -100;
    private const uint TypeAlone = 1;
    private const int StatusSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Folder = 0x4000;
    private const int RegularFile = 0x8000;

    private static bool IsAt(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return false;
        }

        var status = new byte[StatusSize];
        try
        {
            return StatusOf(WorkingFolder, path, 0, TypeAlone, status) == 0 && (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) is not (RegularFile or Folder);
        }
        catch (Exception problem) when (problem is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int StatusOf(int folder, string path, int flags, uint mask, byte[] status);
#else
    private static bool IsAt(string path) => false;
#endif
}
