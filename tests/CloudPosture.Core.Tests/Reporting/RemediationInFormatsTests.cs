using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.Reporting;

namespace CloudPosture.Tests.Reporting;

/// <summary>Whoever reads a file of another program's format knows nothing of our braces: each command names the finding's own resource, or says what goes there.</summary>
public sealed class RemediationInFormatsTests
{
    private static readonly Regex Ours = new(@"\{(resourceId|resourceArn|resourceName|region|accountId)\}");
    private static readonly Lazy<RuleLibrary> All = new(() => RuleLibrary.LoadShipped(CloudPosture.Tests.Shipped.Content, []));

    // The page fills them in as somebody looks at a finding: HtmlPageTests.
    public static TheoryData<ReportFormat> Formats => [.. Enum.GetValues<ReportFormat>().Where(format => format != ReportFormat.Html)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void NoRuleLeavesOneBehind(ReportFormat format) =>
        Assert.Empty(Ours.Matches(Text(ReportSamples.Write(All.Value, format, Findings("thing-1", "eu-west-1")))).Select(match => match.Value));

    [Theory]
    [MemberData(nameof(Formats))]
    public void NorWhereANameCannotGoIn(ReportFormat format) =>
        Assert.Empty(Ours.Matches(Text(ReportSamples.Write(All.Value, format, Findings("--a\nb", "global")))).Select(match => match.Value));

    [Theory]
    [InlineData(ReportFormat.Asff)]
    [InlineData(ReportFormat.Ocsf)]
    [InlineData(ReportFormat.ProwlerCsv)]
    [InlineData(ReportFormat.JUnit)]
    [InlineData(ReportFormat.NUnit)]
    public void TheFindingsOwnNameGoesIn(ReportFormat format) =>
        Assert.Contains("Write-S3BucketVersioning -BucketName accounts-2026 ", ReportSamples.Text(format, ReportSamples.One));

    [Fact]
    public void OfARuleAWordStandsForIt() =>
        Assert.Contains("Write-S3BucketVersioning -BucketName <resource name> ", ReportSamples.Json(ReportFormat.Json, ReportSamples.One).GetProperty("rules")[0].GetProperty("remediationPowerShell").GetString());

    private static IEnumerable<Finding> Findings(string name, string region) => All.Value.Rules.Rules.Select((rule, i) => ReportSamples.One with
    {
        FindingId = i.ToString("x32", CultureInfo.InvariantCulture),
        RuleId = rule.Id,
        Title = rule.Title,
        ResourceId = name,
        ResourceName = name,
        ResourceArn = "arn:aws:s3:::" + name,
        Region = region,
    });

    // A workbook is an archive.
    private static string Text(byte[] file)
    {
        if (file is not [(byte)'P', (byte)'K', ..])
        {
            return Encoding.UTF8.GetString(file);
        }

        using var archive = new ZipArchive(new MemoryStream(file));
        return string.Concat(archive.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }
}
