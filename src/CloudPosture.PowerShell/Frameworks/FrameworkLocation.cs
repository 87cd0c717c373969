using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Connections;

namespace CloudPosture.PowerShell.Frameworks;

/// <summary>Where the frameworks of one's own are: the parameter, else the environment, else beside the connections.</summary>
internal static class FrameworkLocation
{
    private const string Variable = "CLOUDPOSTURE_FRAMEWORKS";

    /// <summary>The folder beside the connections.</summary>
    public static string DefaultFolder => Path.Combine(ConnectionStore.DefaultFolder, "frameworks");

    /// <summary>The folders; empty where nobody has made any.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder is named and not there.</exception>
    public static IReadOnlyList<string> Folders(PSCmdlet cmdlet, string[]? paths) => paths is { Length: > 0 } ? cmdlet.ResolveFolders(paths) : Default();

    /// <summary>The folders of a command line that is still being typed.</summary>
    public static IReadOnlyList<string> Of(IDictionary boundParameters) => boundParameters["FrameworkPath"] switch
    {
        string path => [Path.GetFullPath(path)],
        object[] paths => [.. paths.OfType<string>().Select(Path.GetFullPath)],
        _ => Default(),
    };

    private static IReadOnlyList<string> Default()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } given)
        {
            return Directory.Exists(DefaultFolder) ? [DefaultFolder] : [];
        }

        var folders = given.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(folders, folder => !Directory.Exists(folder)) is { } missing
            ? throw new DirectoryNotFoundException($"There is no folder '{missing}', which {Variable} names. Correct the variable, or remove it.")
            : folders;
    }
}
