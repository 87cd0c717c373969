using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Reporting;

/// <summary>JUnit and NUnit, read by System.Xml, by what Azure DevOps, Jenkins and NUnit's own schema ask of them.</summary>
public sealed class TestResultReportTests
{
    [Fact]
    public void AJUnitFailureTellsRuleResourceAndWhy()
    {
        var suite = Assert.Single(Load(ReportFormat.JUnit, ReportSamples.One).Elements("testsuite"));
        var test = Assert.Single(suite.Elements("testcase"));

        Assert.Equal("production (111122223333) eu-west-1", Text(suite, "name"));
        Assert.Equal("2026-11-27T09:04:06", Text(suite, "timestamp"));
        Assert.Equal("CloudPosture.S3.BucketVersioning", Text(test, "classname"));
        Assert.Equal("S3.BucketVersioning 111122223333 eu-west-1 accounts-2026", Text(test, "name"));
        var failure = Assert.Single(test.Elements("failure"));
        Assert.Equal("Critical", Text(failure, "type"));
        Assert.Contains("Versioning.Status is absent", Text(failure, "message"), StringComparison.Ordinal);
        Assert.Contains("arn:aws:s3:::accounts-2026", failure.Value, StringComparison.Ordinal);
        Assert.Contains("AWS CLI: ", failure.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FindingStatus.Pass, null)]
    [InlineData(FindingStatus.Fail, "failure")]
    [InlineData(FindingStatus.NotAssessed, "error")]
    [InlineData(FindingStatus.Manual, "skipped")]
    [InlineData(FindingStatus.Excepted, "skipped")]
    public void AStatusIsWhatJUnitCallsIt(FindingStatus status, string? element)
    {
        var test = Load(ReportFormat.JUnit, ReportSamples.One with { Status = status }).Descendants("testcase").Single();

        Assert.Equal(element, test.Elements().SingleOrDefault()?.Name.LocalName);
    }

    [Theory]
    [InlineData(FindingStatus.Pass, "Passed", null)]
    [InlineData(FindingStatus.Fail, "Failed", null)]
    [InlineData(FindingStatus.NotAssessed, "Failed", "Error")]
    [InlineData(FindingStatus.Manual, "Skipped", "Ignored")]
    [InlineData(FindingStatus.Excepted, "Skipped", "Ignored")]
    public void AStatusIsWhatNUnitCallsIt(FindingStatus status, string result, string? label)
    {
        var test = Load(ReportFormat.NUnit, ReportSamples.One with { Status = status }).Descendants("test-case").Single();

        Assert.Equal(result, Text(test, "result"));
        Assert.Equal(label, (string?)test.Attribute("label"));
        Assert.Equal(result == "Failed", test.Element("failure") is not null);
        Assert.Equal(result == "Skipped", test.Element("reason") is not null);
    }

    [Fact]
    public void JUnitCountsAreThoseOfTheCases() => Assert.All(
        Load(ReportFormat.JUnit, ReportSamples.Many(300)).DescendantsAndSelf().Where(element => element.Name.LocalName.StartsWith("testsuite", StringComparison.Ordinal)),
        suite =>
        {
            Assert.Equal(suite.Descendants("testcase").Count(), (int)suite.Attribute("tests")!);
            Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!);
            Assert.Equal(suite.Descendants("error").Count(), (int)suite.Attribute("errors")!);
            Assert.Equal(suite.Name.LocalName == "testsuite" ? suite.Elements("testcase").Elements("skipped").Count() : null, (int?)suite.Attribute("skipped"));
        });

    [Fact]
    public void NUnitCountsAreThoseOfTheCases() => Assert.All(
        Load(ReportFormat.NUnit, ReportSamples.Many(300)).DescendantsAndSelf().Where(element => element.Name.LocalName is "test-run" or "test-suite"),
        suite =>
        {
            var cases = suite.Descendants("test-case").ToList();
            Assert.Equal(cases.Count, (int)suite.Attribute("testcasecount")!);
            Assert.Equal(cases.Count(test => Text(test, "result") == "Passed"), (int)suite.Attribute("passed")!);
            Assert.Equal(cases.Count(test => Text(test, "result") == "Failed"), (int)suite.Attribute("failed")!);
            Assert.Equal(cases.Count(test => Text(test, "result") == "Skipped"), (int)suite.Attribute("skipped")!);
        });

    [Fact]
    public void EachSuiteOfAnAccountAndRegionIsThereOnceWithEveryCaseNamedOnce()
    {
        var suites = Load(ReportFormat.JUnit, ReportSamples.Many(300)).Elements("testsuite").ToList();

        Assert.Equal(12, suites.Count);
        Assert.Equal(12, suites.Select(suite => Text(suite, "name")).Distinct().Count());
        var names = suites.Elements("testcase").Select(test => (Text(test, "classname"), Text(test, "name"))).ToList();
        Assert.Equal(300, names.Distinct().Count());
    }

    [Fact]
    public void NUnitIdsAreDistinct()
    {
        var ids = Load(ReportFormat.NUnit, ReportSamples.Many(100)).DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToList();

        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory]
    [InlineData(ReportFormat.JUnit, "testcase")]
    [InlineData(ReportFormat.NUnit, "test-case")]
    public void NoFindingIsAValidEmptyReport(ReportFormat format, string test) => Assert.Empty(Load(format).Descendants(test));

    [Theory]
    [InlineData(ReportFormat.JUnit, "testcase")]
    [InlineData(ReportFormat.NUnit, "test-case")]
    public void HostileNamesStayText(ReportFormat format, string test)
    {
        var report = Load(format, ReportSamples.Hostile);

        Assert.Equal(ReportSamples.Hostile.Count, report.Descendants(test).Count());
        Assert.DoesNotContain(report.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.DoesNotMatch(@"(?im)##(vso)?\[|^\s*::", report.ToString());
        Assert.Contains("<script>alert(1)</script>", string.Concat(report.DescendantsAndSelf().Attributes().Select(attribute => attribute.Value)) + report.Value, StringComparison.Ordinal);
        Assert.All(report.Descendants(test), one => Assert.True(Text(one, "name").Length <= 250));
    }

    [Fact]
    public void AnyTextIsValidXml() => Prop.ForAll<string>(text =>
    {
        var finding = ReportSamples.One with { Evidence = text ?? "", ResourceName = text ?? "", AccountName = text ?? "", Region = text ?? "" };
        return Load(ReportFormat.JUnit, finding).Descendants("testcase").Count() + Load(ReportFormat.NUnit, finding).Descendants("test-case").Count() == 2;
    }).QuickCheckThrowOnFailure();

    private static string Text(XElement element, string attribute) => (string)element.Attribute(attribute)!;

    private static XElement Load(ReportFormat format, params IEnumerable<Finding> findings) =>
        XDocument.Load(new MemoryStream(ReportSamples.Write(format, findings))).Root!;
}
