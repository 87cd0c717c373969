using System;
using System.IO;
using System.Text;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;

namespace CloudPosture.Tests.Rules;

/// <summary>Files of rules as people's editors save them.</summary>
public sealed class RuleFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("greater: 1e999", "'greater' must be a number")]
    [InlineData("lessOrEquals: NaN", "'lessOrEquals' must be a number")]
    [InlineData("less: -Infinity", "'less' must be a number")]
    [InlineData("olderThanDays: 1e999", "'olderThanDays' must be a number")]
    [InlineData("equals: 1e999", "larger than any number")]
    [InlineData("equals: no", "write true or false, or quote it")]
    [InlineData("notEquals: Yes", "write true or false, or quote it")]
    [InlineData("in: [true, Off]", "write true or false, or quote it")]
    [InlineData("equals: True", "write true or false, or quote it")]
    public void AValueThatMeansSomethingElseThanItSeemsIsRefusedByLine(string test, string why)
    {
        Write(Encoding.UTF8.GetBytes(Rule(test)));

        var problem = Assert.Throws<ContentException>(Load);

        Assert.Equal(8, problem.Line);
        Assert.Contains(why, problem.Message);
    }

    [Theory]
    [InlineData("equals: 'no'")]
    [InlineData("equals: \"True\"")]
    [InlineData("equals: false")]
    [InlineData("equals: NaN")]
    [InlineData("equals: nobody")]
    [InlineData("equals: OFF")]
    public void WhatIsQuotedOrPlainlyATextIsThatText(string test)
    {
        Write(Encoding.UTF8.GetBytes(Rule(test)));

        Assert.Single(Load().Rules);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void AFileIsReadAsItsMarkSays(string encoding)
    {
        var marked = Encoding.GetEncoding(encoding);
        Write([.. marked.GetPreamble(), .. marked.GetBytes(Rule("equals: Zürich"))]);

        Assert.Equal("Städte", Assert.Single(Load().Rules).Title);
    }

    [Theory]
    [InlineData("iso-8859-1", 48, 3)]
    [InlineData("utf-16", 1, 1)]
    public void AFileThatIsNotUtf8IsToldOfWithThePlace(string encoding, int offset, int line)
    {
        Write(Encoding.GetEncoding(encoding).GetBytes("- id: Contoso.Cities\n  severity: Low\n  title: Städte\n"));

        var problem = Assert.Throws<ContentException>(Load);

        Assert.Contains("UTF-8", problem.Message);
        Assert.Contains($"byte {offset}", problem.Message);
        Assert.Equal(line, problem.Line);
    }

    private static string Rule(string test) => $$"""
        - id: Contoso.Cities
          title: Städte
          severity: Low
          service: s3
          resource: AWS::S3::Bucket
          condition:
            field: Name
            {{test}}
        """;

    private void Write(byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, "own.yaml"), bytes);

    private RuleSet Load() => RuleSet.Load(Shipped.Content, _folder);
}
