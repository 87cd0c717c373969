using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Html;

/// <summary>Writes what a report tells beside its findings, one object each.</summary>
/// <param name="json">Where to.</param>
internal sealed class HtmlRecords(Utf8JsonWriter json)
{
    /// <summary>An account.</summary>
    public void Account(ReportAccount account)
    {
        json.WriteStartObject();
        json.WriteString("id", account.AccountId);
        json.WriteString("name", account.AccountName);
        json.WriteString("partition", account.Partition);
        json.WriteString("connection", account.Connection);
        json.WriteString("harvest", account.HarvestId);
        json.WriteNumber("at", account.HarvestedAt?.ToUnixTimeSeconds() ?? 0);
        json.WriteBoolean("manages", account.IsManagementAccount);
        Texts("regions", account.Regions);
        json.WriteEndObject();
    }

    /// <summary>A rule.</summary>
    public void Rule(ReportRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.RuleId);
        json.WriteString("title", rule.Title);
        json.WriteNumber("severity", (int)rule.Severity);
        json.WriteString("service", rule.Service);
        json.WriteString("rationale", rule.Rationale);
        json.WriteString("powershell", rule.Remediation.PowerShell ?? "");
        json.WriteString("cli", rule.Remediation.Cli ?? "");
        Texts("references", rule.References);
        json.WriteEndObject();
    }

    /// <summary>A benchmark.</summary>
    public void Benchmark(Benchmark benchmark)
    {
        json.WriteStartObject();
        json.WriteString("id", benchmark.Id);
        json.WriteString("label", benchmark.Label);
        json.WriteString("title", benchmark.Title);
        json.WriteString("version", benchmark.Version);
        json.WriteString("source", benchmark.Source ?? "");
        List("requirements", benchmark.Requirements, requirement =>
        {
            json.WriteStartObject();
            json.WriteString("id", requirement.Id);
            json.WriteString("title", requirement.Title);
            json.WriteString("section", requirement.Section ?? "");
            json.WriteNumber("level", requirement.Level ?? 0);
            json.WriteString("manual", requirement.Manual ?? "");
            Texts("rules", requirement.Rules);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    /// <summary>An exception.</summary>
    public void Exception(ReportException exception)
    {
        json.WriteStartObject();
        json.WriteString("id", exception.Id);
        json.WriteString("rule", exception.Rule);
        json.WriteString("account", exception.Account);
        json.WriteString("resource", exception.Resource);
        json.WriteString("region", exception.Region);
        json.WriteString("reason", exception.Reason);
        json.WriteString("by", exception.By);
        json.WriteString("ticket", exception.Ticket);
        json.WriteNumber("until", exception.Until?.ToUnixTimeSeconds() ?? 0);
        json.WriteNumber("findings", exception.Findings);
        json.WriteEndObject();
    }

    /// <summary>A point of the trend.</summary>
    public void Trend(ReportTrendPoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("at", point.At.ToUnixTimeSeconds());
        json.WriteNumber("passed", point.Passed);
        List("failed", [Severity.Informational, Severity.Low, Severity.Medium, Severity.High, Severity.Critical], severity =>
            json.WriteNumberValue(point.Failed.TryGetValue(severity, out var count) ? count : 0));
        json.WriteEndObject();
    }

    /// <summary>A list of texts.</summary>
    public void Texts(string name, IEnumerable<string> values) => List(name, values, json.WriteStringValue);

    /// <summary>A list of a few values.</summary>
    public void List<T>(string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            write(value);
        }

        json.WriteEndArray();
    }
}
