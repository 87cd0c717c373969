using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudPosture.Tests;

/// <summary>What takes more than a reader remembers has a concept that nobody named. Constructors and records of data may list their parts.</summary>
public sealed class ParameterListTests
{
    private const int MostParameters = 6;

    [Fact]
    public void NoMethodTakesMoreThanAReaderRemembers()
    {
        var files = SourceFiles.Of("src");

        Assert.True(files.Count > 500, $"Only {files.Count} files were found.");
        Assert.Empty(files.SelectMany(file => LongLists(File.ReadAllText(file)).Select(name => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}: {name}")));
    }

    [Theory]
    [InlineData("class A { void Long(int a, int b, int c, int d, int e, int f, int g) { } }", "Long")]
    [InlineData("class A { void B() { void Inner(int a, int b, int c, int d, int e, int f, int g) { } } }", "Inner")]
    [InlineData("class A { void Short(int a, int b, int c, int d, int e, int f, CancellationToken g) { } }", null)]
    [InlineData("record A(int B, int C, int D, int E, int F, int G, int H);", null)]
    public void ALongListIsFound(string source, string? found) => Assert.Equal(found, LongLists(source).SingleOrDefault());

    private static IEnumerable<string> LongLists(string source) =>
        from node in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()
        let declared = node switch
        {
            MethodDeclarationSyntax method => (Name: method.Identifier.Text, Parameters: method.ParameterList),
            LocalFunctionStatementSyntax local => (Name: local.Identifier.Text, Parameters: local.ParameterList),
            _ => default,
        }
        where declared.Parameters?.Parameters.Count(parameter => parameter.Type?.ToString() != "CancellationToken") > MostParameters
        select declared.Name;
}
