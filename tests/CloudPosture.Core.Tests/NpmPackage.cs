using System;
using System.IO;

namespace CloudPosture.Tests;

/// <summary>A package of npm, in a folder that goes with the process.</summary>
internal static class NpmPackage
{
    // Where the registry does not answer, npm would try for a quarter of an hour.
    private static readonly string[] Bounds = ["--fetch-timeout=30000", "--fetch-retries=1"];

    /// <summary>Installs one; its folder, or null where npm is not here or does not get it.</summary>
    /// <param name="package">Name and version.</param>
    public static string? Install(string package)
    {
        if (!ExternalTool.IsHere("npm") || !ExternalTool.IsHere("node"))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("npm-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.WriteAllText(Path.Combine(folder, "package.json"), """{"private":true}""");
        return ExternalTool.Run(folder, "npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", .. Bounds, package]).ExitCode == 0 ? folder : null;
    }
}
