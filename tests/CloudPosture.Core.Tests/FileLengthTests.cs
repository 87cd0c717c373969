using System.IO;
using System.Linq;

namespace CloudPosture.Tests;

/// <summary>A file has one job, which fits into three hundred lines.</summary>
public sealed class FileLengthTests
{
    private const int MostLines = 300;

    [Theory]
    [InlineData("src", 500)]
    [InlineData("tests", 300)]
    public void NoSourceFileIsLongerThanAReaderCanHold(string folder, int expected)
    {
        var files = SourceFiles.Of(folder);

        Assert.True(files.Count > expected, $"Only {files.Count} files were found.");
        Assert.Empty(files.Where(file => File.ReadLines(file).Skip(MostLines).Any()).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)));
    }
}
