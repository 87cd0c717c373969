using System;
using System.IO;

namespace CloudPosture.Prompt;

/// <summary>The clone that this program was built in.</summary>
internal static class Repository
{
    /// <summary>Finds a file of the clone.</summary>
    /// <param name="parts">Its path from the top.</param>
    /// <exception cref="FileNotFoundException">This program lies outside a clone, or the file is not there.</exception>
    public static string File(params string[] parts)
    {
        var relative = Path.Combine(parts);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "CloudPosture.sln")) && Path.Combine(folder.FullName, relative) is var path && System.IO.File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"There is no {relative} above {AppContext.BaseDirectory}. Run dotnet build CloudPosture.sln in a clone of the repository.");
    }
}
