using System;
using System.IO;

namespace CloudPosture.Tests;

/// <summary>The clone that the tests run in.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "CloudPosture.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests must run inside a clone of the repository.");
        }

        return folder.FullName;
    }
}
