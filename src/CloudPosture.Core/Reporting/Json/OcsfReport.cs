using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Json;

/// <summary>A list of OCSF Compliance Findings (class 2003), one a line.</summary>
internal sealed class OcsfReport(Stream stream) : IReportWriter
{
    private const string SchemaVersion = "1.5.0";
    private const int ClassUid = 2003;
    private const int Other = 99;

    private readonly JsonItems _json = new(stream);
    private readonly RuleTexts _standards = new(fact => Names(fact.ByBenchmark));
    private readonly RuleTexts _requirements = new(fact => fact.Requirements);
    private RuleFacts _rules = RuleFacts.None;

    public void Begin(Report report)
    {
        _rules = report.Rules;
        _json.Open("[");
    }

    public void Write(Finding finding) => _json.Item(json => WriteFinding(json, finding, _rules[finding.RuleId]));

    public void End()
    {
        _json.Raw("\n]\n");
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private static IEnumerable<string> Names(IReadOnlyList<(string BenchmarkId, IReadOnlyList<string> RequirementIds)> benchmarks)
    {
        foreach (var (id, _) in benchmarks)
        {
            yield return id;
        }
    }

    private static (int Id, string Name) ActivityOf(Finding finding) =>
        finding.Status == FindingStatus.Pass ? (3, "Close") : finding.FirstSeen == finding.LastSeen ? (1, "Create") : (2, "Update");

    private static (int Id, string Name) StateOf(FindingStatus status) => status switch
    {
        FindingStatus.Pass => (4, "Resolved"),
        FindingStatus.Excepted => (3, "Suppressed"),
        _ => (1, "New"),
    };

    private static (int Id, string Name) ComplianceOf(FindingStatus status) => status switch
    {
        FindingStatus.Pass => (1, "Pass"),
        FindingStatus.Fail or FindingStatus.Excepted => (3, "Fail"),

        // The schema's word for a check that could not answer for want of information.
        FindingStatus.NotAssessed => (2, "Warning"),
        _ => (Other, status.ToString()),
    };

    private void WriteFinding(Utf8JsonWriter json, Finding finding, RuleFact rule)
    {
        var activity = ActivityOf(finding);
        var state = StateOf(finding.Status);
        json.WriteStartObject();
        json.WriteNumber("activity_id", activity.Id);
        json.WriteString("activity_name", activity.Name);
        json.WriteNumber("category_uid", 2);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("class_uid", ClassUid);
        json.WriteString("class_name", "Compliance Finding");
        json.WriteNumber("type_uid", (ClassUid * 100) + activity.Id);
        json.WriteString("type_name", "Compliance Finding: " + activity.Name);
        json.WriteNumber("time", finding.LastSeen.ToUnixTimeMilliseconds());
        json.WriteNumber("severity_id", 1 + (int)finding.Severity);
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteNumber("status_id", state.Id);
        json.WriteString("status", state.Name);
        json.WriteString("status_code", finding.Status.ToString());
        json.WriteString("status_detail", finding.Evidence);
        json.WriteString("message", finding.Title);
        WriteMetadata(json, finding);
        WriteInfo(json, finding, rule);
        WriteCompliance(json, finding, rule);
        WriteResource(json, finding);
        WriteCloud(json, finding);
        WriteRemediation(json, finding, rule);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        json.WriteString("event_code", finding.RuleId);
        json.WriteString("uid", finding.FindingId);
        json.WriteString("correlation_uid", finding.HarvestId);
        json.WriteStartArray("profiles");
        json.WriteStringValue("cloud");
        json.WriteEndArray();
        json.WriteStartObject("product");
        json.WriteString("name", Report.Tool);
        json.WriteString("vendor_name", Report.Tool);
        json.WriteString("version", Report.ToolVersion);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter json, Finding finding, RuleFact rule)
    {
        json.WriteStartObject("finding_info");
        json.WriteString("uid", finding.FindingId);
        json.WriteString("title", finding.Title);
        json.WriteString("desc", rule.Rationale.Length > 0 ? rule.Rationale : finding.Title);
        json.WriteNumber("created_time", finding.FirstSeen.ToUnixTimeMilliseconds());
        json.WriteNumber("first_seen_time", finding.FirstSeen.ToUnixTimeMilliseconds());
        json.WriteNumber("last_seen_time", finding.LastSeen.ToUnixTimeMilliseconds());
        json.WriteStartObject("analytic");
        json.WriteNumber("type_id", 1);
        json.WriteString("type", "Rule");
        json.WriteString("uid", finding.RuleId);
        json.WriteString("name", finding.Title);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteCompliance(Utf8JsonWriter json, Finding finding, RuleFact rule)
    {
        var status = ComplianceOf(finding.Status);
        json.WriteStartObject("compliance");
        json.WriteString("control", finding.RuleId);
        json.WriteNumber("status_id", status.Id);
        json.WriteString("status", status.Name);
        json.WriteString("status_detail", finding.Evidence);
        _standards.Write(json, "standards", rule);
        _requirements.Write(json, "requirements", rule);
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("uid", finding.ResourceArn);
        json.WriteString("name", finding.ResourceName);
        json.WriteString("type", finding.ResourceType);
        json.WriteString("region", ResourcePlace.RegionOf(finding));
        json.WriteString("cloud_partition", ResourcePlace.PartitionOf(finding));
        json.WriteStartObject("group");
        json.WriteString("name", finding.Service);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteCloud(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("cloud");
        json.WriteString("provider", "AWS");
        json.WriteString("region", ResourcePlace.RegionOf(finding));
        json.WriteStartObject("account");
        json.WriteString("uid", finding.AccountId);
        json.WriteString("name", finding.AccountName);
        json.WriteNumber("type_id", 10);
        json.WriteString("type", "AWS Account");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRemediation(Utf8JsonWriter json, Finding finding, RuleFact rule)
    {
        var commands = rule.CommandsFor(finding);
        if (commands.Length + rule.References.Count == 0)
        {
            return;
        }

        json.WriteStartObject("remediation");
        json.WriteString("desc", commands);
        json.WriteStartArray("references");
        foreach (var reference in rule.References)
        {
            json.WriteStringValue(reference);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
