using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake;
using CloudPosture.Reporting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Reporting;

/// <summary>The JSON report, read by System.Text.Json.</summary>
public sealed class JsonReportTests
{
    [Fact]
    public void ItTellsWhatItIsAndWhatItAddsUpTo()
    {
        var report = ReportSamples.Json(ReportFormat.Json, ReportSamples.Many(50));

        Assert.Equal("CloudPosture", report.GetProperty("report").GetProperty("tool").GetString());
        Assert.Equal("2026-11-27T09:04:06Z", report.GetProperty("report").GetProperty("createdAt").GetString());
        Assert.Equal(10, report.GetProperty("report").GetProperty("counts").GetProperty("Fail").GetInt32());
        Assert.Equal(4, report.GetProperty("accounts").GetArrayLength());
        Assert.Equal(5, report.GetProperty("rules").GetArrayLength());
        Assert.Equal(50, report.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void ARuleHasWhatOneNeedsToPutItRight()
    {
        var rule = Assert.Single(ReportSamples.Json(ReportFormat.Json, ReportSamples.One).GetProperty("rules").EnumerateArray());

        Assert.NotEmpty(rule.GetProperty("rationale").GetString()!);
        Assert.NotEmpty(rule.GetProperty("remediationCli").GetString()!);
        Assert.NotEmpty(rule.GetProperty("requirements").EnumerateArray());
    }

    [Fact]
    public void NoFindingGivesEmptyLists()
    {
        var report = ReportSamples.Json(ReportFormat.Json);

        Assert.Equal(0, report.GetProperty("findings").GetArrayLength());
        Assert.Equal(0, report.GetProperty("rules").GetArrayLength());
    }

    [Theory]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.Ocsf)]
    [InlineData(ReportFormat.Asff)]
    public void NothingThatActsOnAPageOrALogIsInTheText(ReportFormat format)
    {
        var text = ReportSamples.Text(format, ReportSamples.Hostile);

        Assert.DoesNotContain("##", text, StringComparison.Ordinal);
        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain(text, character => character is '\u001b' or '\u202E' or '\u2028' or '\0');
        Assert.All(text.Split('\n'), line => Assert.False(line.TrimStart().StartsWith("::", StringComparison.Ordinal)));
        JsonDocument.Parse(text).Dispose();
    }

    [Fact]
    public void AnyTextThatIsTextComesBackAsItWas() => Prop.ForAll<string>(text =>
    {
        var evidence = text ?? "";
        var read = ReportSamples.Json(ReportFormat.Json, ReportSamples.One with { Evidence = evidence }).GetProperty("findings")[0].GetProperty("evidence").GetString()!;
        return evidence.Any(char.IsSurrogate) || read == evidence;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FindingsAreThoseOfTheLakeAndNameWhatTheyAnswer()
    {
        var json = ReportSamples.Json(ReportFormat.Json, ReportSamples.One).GetProperty("findings")[0];

        Assert.Equal(ReportSamples.One with { Requirements = "cis-like-1.0 2.1" }, json.Deserialize(LakeJson.Default.Finding));
    }
}
