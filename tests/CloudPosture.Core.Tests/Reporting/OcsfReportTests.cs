using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;

namespace CloudPosture.Tests.Reporting;

/// <summary>OCSF by what the schema says of a Compliance Finding with the cloud profile.</summary>
public sealed class OcsfReportTests
{
    private static readonly string[] Required = ["activity_id", "category_uid", "class_uid", "type_uid", "compliance", "finding_info", "metadata", "severity_id", "time", "cloud"];

    [Fact]
    public void AFailureIsAComplianceFinding()
    {
        var finding = Assert.Single(Findings(ReportSamples.One));

        Assert.Equal(2003, finding.GetProperty("class_uid").GetInt32());
        Assert.Equal(5, finding.GetProperty("severity_id").GetInt32());
        Assert.Equal(ReportSamples.Now.ToUnixTimeMilliseconds(), finding.GetProperty("time").GetInt64());
        Assert.Equal("S3.BucketVersioning", finding.GetProperty("compliance").GetProperty("control").GetString());
        Assert.Equal(3, finding.GetProperty("compliance").GetProperty("status_id").GetInt32());
        Assert.NotEmpty(finding.GetProperty("compliance").GetProperty("requirements").EnumerateArray());
        Assert.Equal("111122223333", finding.GetProperty("cloud").GetProperty("account").GetProperty("uid").GetString());
        Assert.Equal("arn:aws:s3:::accounts-2026", finding.GetProperty("resources")[0].GetProperty("uid").GetString());
        Assert.Equal(ReportSamples.One.FindingId, finding.GetProperty("finding_info").GetProperty("uid").GetString());
    }

    [Fact]
    public void EveryFindingHasWhatTheSchemaRequires()
    {
        var findings = Findings(ReportSamples.Many(300).Concat(ReportSamples.Hostile)).ToList();

        Assert.Equal(300 + ReportSamples.Hostile.Count, findings.Count);
        Assert.All(findings, finding =>
        {
            Assert.All(Required, name => Assert.True(finding.TryGetProperty(name, out _), name));
            Assert.Equal((finding.GetProperty("class_uid").GetInt32() * 100) + finding.GetProperty("activity_id").GetInt32(), finding.GetProperty("type_uid").GetInt32());
            Assert.Equal(finding.GetProperty("class_uid").GetInt32() / 1000, finding.GetProperty("category_uid").GetInt32());
            Assert.Contains(finding.GetProperty("status_id").GetInt32(), (IEnumerable<int>)[1, 3, 4]);
            Assert.Contains(finding.GetProperty("compliance").GetProperty("status_id").GetInt32(), (IEnumerable<int>)[1, 2, 3, 99]);
            Assert.True(finding.GetProperty("metadata").GetProperty("product").TryGetProperty("name", out _));
            Assert.True(finding.GetProperty("metadata").TryGetProperty("version", out _));
            Assert.True(finding.GetProperty("cloud").TryGetProperty("provider", out _));
            Assert.True(!finding.TryGetProperty("remediation", out var remediation) || remediation.TryGetProperty("desc", out _));
        });
    }

    [Theory]
    [InlineData(FindingStatus.Pass, "Pass", "Resolved")]
    [InlineData(FindingStatus.Excepted, "Fail", "Suppressed")]
    [InlineData(FindingStatus.NotAssessed, "Warning", "New")]
    [InlineData(FindingStatus.Manual, "Manual", "New")]
    public void NothingButAPassIsOne(FindingStatus status, string compliance, string state)
    {
        var finding = Assert.Single(Findings(ReportSamples.One with { Status = status }));

        Assert.Equal(compliance, finding.GetProperty("compliance").GetProperty("status").GetString());
        Assert.Equal(state, finding.GetProperty("status").GetString());
    }

    [Fact]
    public void NoFindingIsAnEmptyList() => Assert.Empty(Findings());

    private static IEnumerable<JsonElement> Findings(params IEnumerable<Finding> findings) => ReportSamples.Json(ReportFormat.Ocsf, findings).EnumerateArray();
}
