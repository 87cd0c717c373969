using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Lake.Harvests;
using CloudPosture.Tests.Rules;
using static CloudPosture.Tests.Lake.TemporaryLake;

namespace CloudPosture.Tests.Lake;

/// <summary>The tables that we ship for other engines have the columns that we write, no more and no fewer.</summary>
public sealed class TableDefinitionTests : IDisposable
{
    private const string AccountId = "111122223333";
    private readonly TemporaryLake _lake = new();

    public TableDefinitionTests()
    {
        using var writer = _lake.Write();
        var account = Account(AccountId);
        using (var service = writer.Begin(account, "s3", Noon))
        {
            service.Add(Resource(AccountId, "AWS::S3::Bucket", "b", Noon));
            service.Add(Gap("s3", "AWS::S3::Bucket", "Policy") with { Action = "s3:GetBucketPolicy" });
            service.Commit(new ServiceStatistics());
        }

        using var findings = _lake.Lake.WriteFindings("h1", AccountId);
        findings.Add(DuckDbTests.Finding("h1", AccountId, "b"));
        findings.Commit();
    }

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("resources")]
    [InlineData("findings")]
    [InlineData("gaps")]
    public void TheColumnsAreThoseThatAreWritten(string kind)
    {
        var written = Written(kind);

        Assert.Equal(written, Columns(Definition("spark.sql", $@"VIEW {kind} \((.*?)\n\)"), @"^\s+(\w+) "));
        Assert.Equal(written, Columns(Definition("duckdb.sql", $@"VIEW {kind} AS.*?columns = {{(.*?)}}\)"), @"(\w+): '"));
        var athena = Definition("athena.sql", $@"TABLE {kind} \((.*?)\n\)");
        Assert.Equal(written.Select(name => name.ToLowerInvariant()), Columns(athena, @"^\s+(\w+) "));

        // Names are matched exactly there, so each that is not all lower case needs a mapping.
        var mappings = Regex.Matches(Definition("athena.sql", $@"TABLE {kind} \(.*?SERDEPROPERTIES \((.*?)\n\)"), @"'mapping\.(\w+)' = '(\w+)'");
        Assert.Equal(
            written.Where(name => name.Any(char.IsUpper)).Select(name => (name.ToLowerInvariant(), name)),
            mappings.Select(mapping => (mapping.Groups[1].Value, mapping.Groups[2].Value)));
        Assert.Contains($"harvest=${{harvest}}/{kind}/'", Definition("athena.sql", $@"TABLE {kind} \((.*?);"), StringComparison.Ordinal);
    }

    private List<string> Written(string kind)
    {
        using var file = new GZipStream(File.OpenRead(_lake.FileOf(kind, AccountId)), CompressionMode.Decompress);
        using var line = JsonDocument.Parse(new StreamReader(file).ReadLine()!);
        return [.. line.RootElement.EnumerateObject().Select(member => member.Name)];
    }

    private static string Definition(string file, string pattern)
    {
        var match = Regex.Match(File.ReadAllText(Path.Combine(ShippedRules.Repository, "module", "deploy", file)), pattern, RegexOptions.Singleline);
        Assert.True(match.Success, pattern);
        return match.Groups[1].Value;
    }

    private static IEnumerable<string> Columns(string definition, string pattern) =>
        Regex.Matches(definition, pattern, RegexOptions.Multiline).Select(match => match.Groups[1].Value);
}
