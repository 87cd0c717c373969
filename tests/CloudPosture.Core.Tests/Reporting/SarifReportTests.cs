using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Content;
using CloudPosture.Reporting.Json;

namespace CloudPosture.Tests.Reporting;

/// <summary>SARIF by what its standard demands, and what GitHub demands beyond it.</summary>
public sealed class SarifReportTests
{
    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    [Fact]
    public void AFailureIsAResultWithAPlaceAMessageAndAFingerprint()
    {
        var run = Assert.Single(Runs(ReportSamples.One));
        var result = Assert.Single(Results(run));

        Assert.Equal("S3.BucketVersioning", result.GetProperty("ruleId").GetString());
        Assert.Equal("error", result.GetProperty("level").GetString());
        Assert.Equal("aws/111122223333/eu-west-1/AWS-S3-Bucket/accounts-2026", UriOf(result));
        Assert.Equal(ReportSamples.One.FindingId + ":1", result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString());
        Assert.Contains("Buckets keep versions", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("cloudposture/111122223333/", run.GetProperty("automationDetails").GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleHasTheScoreThatGitHubShowsAsCritical()
    {
        var rule = Assert.Single(Rules(Assert.Single(Runs(ReportSamples.One))));

        Assert.Equal("9.5", rule.GetProperty("properties").GetProperty("security-severity").GetString());
        Assert.Contains("security", rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.True(rule.GetProperty("properties").GetProperty("tags").GetArrayLength() <= 20);
        Assert.NotEmpty(rule.GetProperty("help").GetProperty("text").GetString()!);
    }

    [Fact]
    public void FingerprintsDoNotChangeWithEvidenceOrTime()
    {
        var later = ReportSamples.One with { Evidence = "another", LastSeen = ReportSamples.Now.AddDays(9), HarvestId = "later", Title = "Reworded" };

        Assert.Equal(Fingerprint(ReportSamples.One), Fingerprint(later));
    }

    [Theory]
    [InlineData(FindingStatus.NotAssessed, "open", "none", false)]
    [InlineData(FindingStatus.Excepted, "fail", "error", true)]
    public void WhatIsUnknownStaysOpenAndWhatIsAcceptedIsSuppressed(FindingStatus status, string kind, string level, bool isSuppressed)
    {
        var result = Assert.Single(Results(Assert.Single(Runs(ReportSamples.One with { Status = status }))));

        Assert.Equal(kind, result.GetProperty("kind").GetString());
        Assert.Equal(level, result.GetProperty("level").GetString());
        Assert.Equal(isSuppressed, result.TryGetProperty("suppressions", out _));
    }

    [Fact]
    public void WhatPassesIsNoAlert()
    {
        Assert.Empty(Results(Assert.Single(Runs(ReportSamples.One with { Status = FindingStatus.Pass }))));
        Assert.Empty(Results(Assert.Single(Runs())));
    }

    [Fact]
    public void ManyFindingsKeepTheStandard()
    {
        var findings = ReportSamples.Many(300).Concat(ReportSamples.Hostile).ToList();
        var log = ReportSamples.Json(ReportFormat.Sarif, findings);

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var runs = log.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(4, runs.Count);
        Assert.Equal(runs.Count, runs.Select(run => run.GetProperty("automationDetails").GetProperty("id").GetString()).Distinct().Count());
        foreach (var run in runs)
        {
            var rules = Rules(run).ToList();
            Assert.Equal(rules.Count, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
            Assert.All(rules, rule => Assert.True(rule.GetProperty("shortDescription").GetProperty("text").GetString()!.Length <= 1024));
            Assert.All(Results(run), result => AssertKeepsTheStandard(result, rules));
        }

        Assert.Equal(findings.Count(finding => finding.Status is FindingStatus.Fail or FindingStatus.Excepted or FindingStatus.NotAssessed), runs.Sum(run => Results(run).Count()));
    }

    [Fact]
    public void HostileNamesAreNoLinkNoPlaceholderAndNoWayOut()
    {
        var results = Runs(ReportSamples.Hostile).SelectMany(Results).ToList();

        Assert.All(results, result => Assert.DoesNotMatch(@"\]\(|\{\d+\}|##vso\[", result.GetProperty("message").GetProperty("text").GetString()!));
        Assert.All(results, result =>
        {
            var uri = UriOf(result)!;
            Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Relative), uri);
            Assert.DoesNotContain(uri.Split('/'), segment => segment is "" or "." or "..");
            Assert.Equal(5, uri.Split('/').Length);
        });
    }

    [Fact]
    public void MoreThanGitHubTakesIsTold()
    {
        var counts = new ReportCounts();
        for (var i = 0; i < 21; i++)
        {
            counts.Add(ReportSamples.One with { AccountId = $"{i:D12}" });
        }

        Assert.Contains("20 accounts", SarifReport.Warning(counts)?.Text, StringComparison.Ordinal);
        Assert.Null(SarifReport.Warning(new ReportCounts()));
    }

    private static void AssertKeepsTheStandard(JsonElement result, List<JsonElement> rules)
    {
        Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Contains(result.GetProperty("level").GetString(), Levels);
        Assert.True(result.GetProperty("kind").GetString() == "fail" || result.GetProperty("level").GetString() == "none");
        Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        Assert.Equal(1, result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
    }

    private static string? Fingerprint(Finding finding) =>
        Results(Assert.Single(Runs(finding))).Single().GetProperty("partialFingerprints").GetRawText();

    private static string? UriOf(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();

    private static IEnumerable<JsonElement> Runs(params IEnumerable<Finding> findings) => ReportSamples.Json(ReportFormat.Sarif, findings).GetProperty("runs").EnumerateArray();

    private static IEnumerable<JsonElement> Results(JsonElement run) => run.GetProperty("results").EnumerateArray();

    private static IEnumerable<JsonElement> Rules(JsonElement run) => run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray();
}
