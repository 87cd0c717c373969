using System;
using System.IO;

namespace CloudPosture.Tests.Reporting;

/// <summary>The SARIF Multitool, in a folder that goes with the process.</summary>
internal static class SarifMultitool
{
    private const string Package = "@microsoft/sarif-multitool@5.7.0";
    private static readonly Lazy<string?> Folder = new(Install);

    public static bool IsHere => Folder.Value is not null;

    /// <summary>What it says of a file: each error and warning a line.</summary>
    public static string Validate(string path) =>
        ExternalTool.Run(Folder.Value!, "node", [Path.Combine(Folder.Value!, "node_modules", "@microsoft", "sarif-multitool", "bin.js"), "validate", path, "--output", path + ".validated"]).Output;

    private static string? Install()
    {
        if (NpmPackage.Install(Package) is not { } folder)
        {
            return null;
        }

        // A script of the package would do this, and no package's scripts are run here.
        var program = Path.Combine(folder, "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool");
        if (!OperatingSystem.IsWindows() && File.Exists(program))
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
