using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Json;

/// <summary>One object: what the report is, its counts, the accounts, the rules with what they answer, and last the findings, one a line as in the lake.</summary>
internal sealed class JsonReport(Stream stream) : IReportWriter
{
    private readonly JsonItems _json = new(stream);

    public void Begin(Report report)
    {
        _json.Raw("{\n\"report\":");
        _json.Value(json => WriteHead(json, report));
        _json.Open(",\n\"accounts\":[");
        foreach (var account in report.Counts.Accounts)
        {
            _json.Item(json => WriteAccount(json, account));
        }

        _json.Open("\n],\n\"rules\":[");
        foreach (var rule in report.Counts.Rules)
        {
            _json.Item(json => WriteRule(json, rule, report.Rules[rule.Id]));
        }

        _json.Open("\n],\n\"findings\":[");
    }

    public void Write(Finding finding) => _json.Item(json => JsonSerializer.Serialize(json, finding, LakeJson.Default.Finding));

    public void End()
    {
        _json.Raw("\n]\n}\n");
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private static void WriteHead(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteString("tool", Report.Tool);
        json.WriteString("version", Report.ToolVersion);
        json.WriteString("createdAt", ReportTime.Iso(report.CreatedAt));
        WriteTexts(json, "harvests", report.Counts.Harvests);
        WriteCounts(json, "counts", report.Counts.All);
        json.WriteStartObject("severities");
        foreach (var severity in (Severity[])Enum.GetValues(typeof(Severity)))
        {
            WriteCounts(json, severity.ToString(), report.Counts.Of(severity));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, CountedName account)
    {
        json.WriteStartObject();
        json.WriteString("accountId", account.Id);
        json.WriteString("accountName", account.Name);
        WriteCounts(json, "counts", account.Counts);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, CountedName rule, RuleFact fact)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", rule.Id);
        json.WriteString("title", rule.Name);
        json.WriteString("rationale", fact.Rationale);
        json.WriteString("remediationPowerShell", fact.PowerShell);
        json.WriteString("remediationCli", fact.Cli);
        WriteTexts(json, "references", fact.References);
        WriteTexts(json, "requirements", fact.Requirements);
        WriteCounts(json, "counts", rule.Counts);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, StatusCounts counts)
    {
        json.WriteStartObject(name);
        foreach (var status in (FindingStatus[])Enum.GetValues(typeof(FindingStatus)))
        {
            json.WriteNumber(status.ToString(), counts[status]);
        }

        json.WriteEndObject();
    }
}
