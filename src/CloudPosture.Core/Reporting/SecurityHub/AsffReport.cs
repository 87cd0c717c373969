using System.IO;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Json;

namespace CloudPosture.Reporting.SecurityHub;

/// <summary>A list of findings in the AWS Security Finding Format, one a line, by account: each is of the product that every account has by itself.</summary>
internal sealed class AsffReport(Stream stream) : IReportWriter
{
    private readonly JsonItems _json = new(stream);
    private AsffFinding? _form;

    public void Begin(Report report)
    {
        _form = new AsffFinding(report.Rules);
        _json.Open("[");
    }

    public void Write(Finding finding) => _json.Item(json => _form!.Write(json, finding));

    public void End()
    {
        _json.Raw("\n]\n");
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();
}
