using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Tests;

/// <summary>Usings stand in the order in which <c>dotnet format</c> puts them: namespaces with System's first, then statics, then aliases.</summary>
public sealed class UsingOrderTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void UsingsAreSorted(string folder)
    {
        var files = SourceFiles.Of(folder);

        Assert.True(files.Count > 100, $"Only {files.Count} files were found.");
        Assert.Empty(files.Where(file => !IsSorted(Usings(file))).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)));
    }

    [Fact]
    public void AnotherOrderIsFound() => Assert.False(IsSorted(["using CloudPosture.Text;", "using System.Linq;"]));

    // Those of one framework alone, behind a condition, are an order of their own.
    private static List<string> Usings(string file) =>
        [.. File.ReadLines(file).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.StartsWith("#if", StringComparison.Ordinal)).Where(line => line.StartsWith("using ", StringComparison.Ordinal))];

    private static bool IsSorted(IReadOnlyList<string> usings) => usings.SequenceEqual(usings.OrderBy(Rank).ThenBy(line => line.TrimEnd(';'), StringComparer.OrdinalIgnoreCase));

    private static int Rank(string line) =>
        line.Contains('=', StringComparison.Ordinal) ? 3
        : line.StartsWith("using static ", StringComparison.Ordinal) ? 2
        : line.StartsWith("using System;", StringComparison.Ordinal) || line.StartsWith("using System.", StringComparison.Ordinal) ? 0
        : 1;
}
