using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Errors;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;
using CloudPosture.Text;

namespace CloudPosture.Reporting.Json;

/// <summary>
/// SARIF 2.1.0, a run an account, so that one account may be uploaded again without closing the alerts of others. What fails is a result,
/// what is accepted a suppressed one, and what could not be assessed an open one: left out, it would count as mended. What passes is left out.
/// </summary>
internal sealed class SarifReport(Stream stream) : IReportWriter
{
    private const string Start = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[";
    private const int LongestSegment = 512;
    private const int MostRuns = 20;
    private const int MostResults = 25_000;

    private static readonly Regex Placeholder = new(@"\{(?=\d+\})", RegexOptions.CultureInvariant);

    private readonly JsonItems _json = new(stream);
    private readonly SarifRules _seen = new();
    private Report? _report;
    private string? _account;

    /// <summary>The first of GitHub's limits that the file breaks; null where it keeps them.</summary>
    public static Advice? Warning(ReportCounts counts)
    {
        if (counts.Accounts.Skip(MostRuns).Any())
        {
            return new Advice($"GitHub takes at most {MostRuns} accounts in one SARIF file. Write one for each part.", "SarifAccounts");
        }

        return counts.Accounts.FirstOrDefault(account => account.Counts.Total - account.Counts[FindingStatus.Pass] - account.Counts[FindingStatus.Manual] > MostResults) is { } large
            ? new Advice($"GitHub takes at most {MostResults} results of an account, and {large.Id} has more. Narrow them.", "SarifResults")
            : null;
    }

    public void Begin(Report report)
    {
        _report = report;
        _json.Raw(Start);
    }

    public void Write(Finding finding)
    {
        if (finding.AccountId != _account)
        {
            EndRun();
            BeginRun(finding);
        }

        if (finding.Status is FindingStatus.Fail or FindingStatus.Excepted or FindingStatus.NotAssessed)
        {
            var index = _seen.IndexOf(finding);
            _json.Item(json => WriteResult(json, finding, index));
        }
    }

    public void End()
    {
        if (_account is null)
        {
            // A log must have a run, and this one says that nothing is wrong.
            _json.Open("\n{\"results\":[");
            _account = "";
        }

        EndRun();
        _json.Raw("\n]}\n");
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void BeginRun(Finding first)
    {
        _json.Raw(_account is null ? "\n{\"automationDetails\":" : ",\n{\"automationDetails\":");
        _json.Value(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", $"cloudposture/{first.AccountId}/{ReportTime.Iso(_report!.CreatedAt)}");
            json.WriteEndObject();
        });
        _json.Open(",\"columnKind\":\"utf16CodeUnits\",\"results\":[");
        _account = first.AccountId;
    }

    private void EndRun()
    {
        if (_account is null)
        {
            return;
        }

        // The rules of the run are known when its results are written; a member's place is of no matter in JSON.
        _json.Raw("\n],\"tool\":");
        _json.Value(json => _seen.Write(json, _report!.Rules));
        _json.Raw("}");
        _seen.Clear();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.RuleId);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("kind", finding.Status == FindingStatus.NotAssessed ? "open" : "fail");
        json.WriteString("level", finding.Status == FindingStatus.NotAssessed ? "none" : SarifRules.LevelOf(finding.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", MessageOf(finding));
        json.WriteEndObject();
        WriteLocation(json, finding);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", finding.FindingId + ":1");
        json.WriteString("cloudPostureFinding/v1", finding.FindingId);
        json.WriteEndObject();
        if (finding.Status == FindingStatus.Excepted)
        {
            WriteSuppression(json, finding);
        }

        WriteProperties(json, finding);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(finding));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", finding.ResourceName);
        json.WriteString("fullyQualifiedName", finding.ResourceArn);
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSuppression(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", "accepted");
        json.WriteString("justification", finding.Evidence);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("properties");
        json.WriteString("status", finding.Status.ToString());
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("accountId", finding.AccountId);
        json.WriteString("accountName", finding.AccountName);
        json.WriteString("region", finding.Region);
        json.WriteString("resourceType", finding.ResourceType);
        json.WriteString("resourceId", finding.ResourceId);
        json.WriteString("firstSeen", ReportTime.Iso(finding.FirstSeen));
        json.WriteString("lastSeen", ReportTime.Iso(finding.LastSeen));
        json.WriteEndObject();
    }

    // Text in brackets before text in parentheses is a link in a message of SARIF, and a brace a place for an argument.
    private static string MessageOf(Finding finding)
    {
        var prefix = finding.Status == FindingStatus.NotAssessed ? "Could not be assessed: " : "";
        var text = HostileText.Plain($"{prefix}{finding.Title}. {finding.ResourceName}: {finding.Evidence}");
        return Placeholder.Replace(text.Replace("](", "] ("), "{ ");
    }

    private static string UriOf(Finding finding) => string.Join(
        "/", new[] { "aws", finding.AccountId, finding.Region, finding.ResourceType.Replace("::", "-"), finding.ResourceId }.Select(Segment));

    // "." and ".." lead elsewhere even where they are escaped.
    private static string Segment(string text) => text.Trim('.').Length == 0 ? "_" : Uri.EscapeDataString(Cut.At(HostileText.OneLine(text), LongestSegment));
}
