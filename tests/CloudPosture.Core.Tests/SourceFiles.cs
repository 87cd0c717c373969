using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Tests;

/// <summary>The C# that somebody wrote.</summary>
internal static class SourceFiles
{
    public static IReadOnlyList<string> Of(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))];
}
