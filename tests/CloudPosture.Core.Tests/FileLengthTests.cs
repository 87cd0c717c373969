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
        var files = SourceFiles.Of("src");

        Assert.True(files.Count > 500, $"Only {files.Count} files were found.");
        Assert.Empty(files.Where(file => File.ReadLines(file).Skip(MostLines).Any()).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)));
    }
}
