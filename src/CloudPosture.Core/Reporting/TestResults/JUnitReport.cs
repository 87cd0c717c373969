using System.IO;
using System.Xml;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.TestResults;

/// <summary>
/// JUnit as Azure DevOps, Jenkins and GitLab read it: a suite an account's Region, a class a rule, a case a resource. What could not be
/// assessed is an error, for it must not look as if it had passed; what is accepted or for a person to look at is skipped.
/// </summary>
internal sealed class JUnitReport(Stream stream) : IReportWriter
{
    private readonly XmlWriter _xml = XmlText.Writer(stream);
    private Report? _report;
    private Finding? _last;

    public void Begin(Report report)
    {
        _report = report;
        _xml.WriteStartElement("testsuites");
        _xml.Attribute("name", Report.Tool);

        // Skipped cases are counted by suite: the strictest of the schemas knows no such attribute here.
        WriteCounts(report.Counts.All);
    }

    public void Write(Finding finding)
    {
        if (_last?.AccountId != finding.AccountId || _last.Region != finding.Region)
        {
            EndSuite();
            BeginSuite(finding);
        }

        _last = finding;
        _xml.WriteStartElement("testcase");
        _xml.Attribute("name", TestNames.Case(finding));
        _xml.Attribute("classname", TestNames.Class(finding));
        _xml.Attribute("time", 0);
        WriteOutcome(finding);
        _xml.WriteEndElement();
    }

    public void End()
    {
        EndSuite();
        _xml.WriteEndElement();
        _xml.Flush();
    }

    public void Dispose() => _xml.Dispose();

    private void BeginSuite(Finding finding)
    {
        _xml.WriteStartElement("testsuite");
        _xml.Attribute("name", TestNames.Suite(finding));
        var counts = _report!.Counts.Of(finding.AccountId, finding.Region);
        WriteCounts(counts);
        _xml.Attribute("skipped", counts[FindingStatus.Manual] + counts[FindingStatus.Excepted]);
        _xml.Attribute("timestamp", ReportTime.Text(_report.CreatedAt, "yyyy-MM-dd'T'HH:mm:ss"));
        _xml.Attribute("hostname", finding.AccountId);
        _xml.WriteStartElement("properties");
        _xml.Property("accountId", finding.AccountId);
        _xml.Property("accountName", finding.AccountName);
        _xml.Property("region", finding.Region);
        _xml.WriteEndElement();
    }

    private void EndSuite()
    {
        if (_last is not null)
        {
            _xml.WriteEndElement();
        }
    }

    private void WriteCounts(StatusCounts counts)
    {
        _xml.Attribute("tests", counts.Total);
        _xml.Attribute("failures", counts[FindingStatus.Fail]);
        _xml.Attribute("errors", counts[FindingStatus.NotAssessed]);
        _xml.Attribute("time", 0);
    }

    private void WriteOutcome(Finding finding)
    {
        switch (finding.Status)
        {
            case FindingStatus.Fail:
                WriteProblem("failure", finding, $"{finding.Severity}: {finding.Title}. {finding.Evidence}");
                break;
            case FindingStatus.NotAssessed:
                WriteProblem("error", finding, $"Not assessed: {finding.Title}. {finding.Evidence}");
                break;
            case FindingStatus.Manual or FindingStatus.Excepted:
                _xml.WriteStartElement("skipped");
                _xml.Attribute("message", finding.Evidence);
                _xml.WriteEndElement();
                break;
        }
    }

    private void WriteProblem(string element, Finding finding, string message)
    {
        _xml.WriteStartElement(element);
        _xml.Attribute("message", message);
        _xml.Attribute("type", finding.Status == FindingStatus.Fail ? finding.Severity.ToString() : finding.Status.ToString());
        _xml.Lines(TestNames.Details(finding, _report!.Rules[finding.RuleId]));
        _xml.WriteEndElement();
    }
}
