using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace CloudPosture.PowerShell;

/// <summary>Turns paths as people type them at a prompt into those of the file system.</summary>
internal static class PathParameters
{
    /// <summary>The path relative to PowerShell's own current location, which is not the process's.</summary>
    /// <exception cref="ArgumentException">It is of another drive of PowerShell, as env: and variable: are.</exception>
    public static string Resolve(this PSCmdlet cmdlet, string path)
    {
        var resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem" ? resolved : throw new ArgumentException($"'{path}' is no file or folder: {provider.Name} keeps it. Give a path of the file system.");
    }

    /// <summary>Files that were written, as the provider gives them, so that the prompt shows their sizes and rights.</summary>
    public static IEnumerable<PSObject> Files(this PSCmdlet cmdlet, params string[] paths) => cmdlet.InvokeProvider.Item.Get(paths, force: true, literalPath: true);

    /// <summary>Refuses a file whose folder is not there.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static void RefuseMissingFolder(string file)
    {
        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw new DirectoryNotFoundException($"There is no folder '{(Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : file)}'.");
        }
    }

    /// <summary>Folders that must exist.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> ResolveFolders(this PSCmdlet cmdlet, IEnumerable<string>? paths) =>
    [
        .. (paths ?? []).Select(cmdlet.Resolve).Select(path => Directory.Exists(path)
            ? path
            : throw new DirectoryNotFoundException($"There is no folder '{path}'.")),
    ];
}
