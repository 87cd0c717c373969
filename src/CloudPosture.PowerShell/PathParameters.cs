using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace CloudPosture.PowerShell;

/// <summary>Turns paths as people type them at a prompt into those of the file system.</summary>
internal static class PathParameters
{
    /// <summary>The path relative to PowerShell's own current location, which is not the process's.</summary>
    public static string Resolve(this PSCmdlet cmdlet, string path) =>
        cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Folders that must exist.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ResolveFolders(this PSCmdlet cmdlet, IEnumerable<string>? paths) =>
    [
        .. (paths ?? []).Select(cmdlet.Resolve).Select(path => Directory.Exists(path)
            ? path
            : throw new DirectoryNotFoundException($"There is no folder '{path}'.")),
    ];
}
