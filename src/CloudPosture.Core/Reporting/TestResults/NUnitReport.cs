using System.Globalization;
using System.IO;
using System.Xml;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.TestResults;

/// <summary>NUnit 3: a fixture an account's Region, a case a rule on a resource. What could not be assessed fails as an error.</summary>
internal sealed class NUnitReport(Stream stream) : IReportWriter
{
    private const string Runnable = "Runnable";
    private const string TimeForm = "yyyy-MM-dd HH:mm:ss'Z'";

    private readonly XmlWriter _xml = XmlText.Writer(stream);
    private Report? _report;
    private Finding? _last;
    private long _id;

    public void Begin(Report report)
    {
        _report = report;
        _xml.WriteStartElement("test-run");
        _xml.Attribute("id", 0);
        WriteCounts(Report.Tool, Report.Tool, report.Counts.All);
        _xml.Attribute("random-seed", 0);
        WriteTimes();
        _xml.WriteStartElement("filter");
        _xml.WriteEndElement();
        _xml.WriteStartElement("test-suite");
        _xml.Attribute("type", "Assembly");
        _xml.Attribute("id", NextId());
        WriteSuiteAttributes(Report.Tool, Report.Tool, report.Counts.All);
        WriteTimes();
    }

    public void Write(Finding finding)
    {
        if (_last?.AccountId != finding.AccountId || _last.Region != finding.Region)
        {
            EndFixture();
            BeginFixture(finding);
        }

        _last = finding;
        var name = TestNames.Case(finding);
        var rule = TestNames.Class(finding);
        _xml.WriteStartElement("test-case");
        _xml.Attribute("id", NextId());
        _xml.Attribute("name", name);
        _xml.Attribute("fullname", $"{rule}.{name}");
        _xml.Attribute("methodname", finding.RuleId);
        _xml.Attribute("classname", rule);
        _xml.Attribute("runstate", finding.Status is FindingStatus.Manual or FindingStatus.Excepted ? "Ignored" : Runnable);
        _xml.Attribute("seed", 0);
        WriteResult(finding.Status);
        _xml.Attribute("duration", 0);
        _xml.Attribute("asserts", 0);
        WriteProperties(finding);
        WriteOutcome(finding);
        _xml.WriteEndElement();
    }

    public void End()
    {
        EndFixture();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.Flush();
    }

    public void Dispose() => _xml.Dispose();

    private void BeginFixture(Finding finding)
    {
        _xml.WriteStartElement("test-suite");
        _xml.Attribute("type", "TestFixture");
        _xml.Attribute("id", NextId());
        WriteSuiteAttributes(TestNames.Suite(finding), $"{Report.Tool}.{TestNames.Suite(finding)}", _report!.Counts.Of(finding.AccountId, finding.Region));
        WriteTimes();
    }

    private void EndFixture()
    {
        if (_last is not null)
        {
            _xml.WriteEndElement();
        }
    }

    private void WriteSuiteAttributes(string name, string fullName, StatusCounts counts)
    {
        WriteCounts(name, fullName, counts);
        _xml.Attribute("runstate", Runnable);
    }

    private void WriteCounts(string name, string fullName, StatusCounts counts)
    {
        var failed = counts[FindingStatus.Fail] + counts[FindingStatus.NotAssessed];
        var passed = counts[FindingStatus.Pass];
        _xml.Attribute("name", name);
        _xml.Attribute("fullname", fullName);
        _xml.Attribute("testcasecount", counts.Total);
        _xml.Attribute("result", failed > 0 ? "Failed" : passed > 0 || counts.Total == 0 ? "Passed" : "Skipped");
        _xml.Attribute("total", counts.Total);
        _xml.Attribute("passed", passed);
        _xml.Attribute("failed", failed);
        _xml.Attribute("warnings", 0);
        _xml.Attribute("inconclusive", 0);
        _xml.Attribute("skipped", counts.Total - failed - passed);
        _xml.Attribute("asserts", 0);
    }

    private void WriteTimes()
    {
        _xml.Attribute("start-time", ReportTime.Text(_report!.CreatedAt, TimeForm));
        _xml.Attribute("end-time", ReportTime.Text(_report.CreatedAt, TimeForm));
        _xml.Attribute("duration", 0);
    }

    private void WriteResult(FindingStatus status)
    {
        _xml.Attribute("result", status switch
        {
            FindingStatus.Pass => "Passed",
            FindingStatus.Fail or FindingStatus.NotAssessed => "Failed",
            _ => "Skipped",
        });
        if (status is FindingStatus.NotAssessed)
        {
            _xml.Attribute("label", "Error");
        }
        else if (status is FindingStatus.Manual or FindingStatus.Excepted)
        {
            _xml.Attribute("label", "Ignored");
        }
    }

    private void WriteProperties(Finding finding)
    {
        _xml.WriteStartElement("properties");
        _xml.Property("Category", finding.Service);
        _xml.Property("Severity", finding.Severity.ToString());
        _xml.Property("Status", finding.Status.ToString());
        _xml.WriteEndElement();
    }

    private void WriteOutcome(Finding finding)
    {
        switch (finding.Status)
        {
            case FindingStatus.Fail or FindingStatus.NotAssessed:
                _xml.WriteStartElement("failure");
                _xml.WriteStartElement("message");
                _xml.Lines($"{(finding.Status == FindingStatus.Fail ? finding.Severity.ToString() : "Not assessed")}: {finding.Title}. {finding.Evidence}");
                _xml.WriteEndElement();
                _xml.WriteStartElement("stack-trace");
                _xml.Lines(TestNames.Details(finding, _report!.Rules[finding.RuleId]));
                _xml.WriteEndElement();
                _xml.WriteEndElement();
                break;
            case FindingStatus.Manual or FindingStatus.Excepted:
                _xml.WriteStartElement("reason");
                _xml.WriteStartElement("message");
                _xml.Lines(finding.Evidence);
                _xml.WriteEndElement();
                _xml.WriteEndElement();
                break;
        }
    }

    private string NextId() => "1-" + (++_id).ToString(CultureInfo.InvariantCulture);
}
