using System.IO;
using System.Linq;

namespace CloudPosture.Tests;

/// <summary>A file has one job, which fits into three hundred lines.</summary>
public sealed class FileLengthTests
{
    private const int MostLines = 300;

    [Fact]
    public void NoSourceFileIsLongerThanAReaderCanHold()
    {
        var files = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .ToList();

        Assert.True(files.Count > 500, $"Only {files.Count} files were found.");
        Assert.Empty(files.Where(file => File.ReadLines(file).Skip(MostLines).Any()).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)));
    }
}
