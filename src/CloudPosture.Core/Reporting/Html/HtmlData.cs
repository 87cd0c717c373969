using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Assessment;
using CloudPosture.Lake;

namespace CloudPosture.Reporting.Html;

/// <summary>Writes what the pages show as one JSON value; <c>module/report/js/data.js</c> reads it.</summary>
internal sealed class HtmlData
{
    private const int MostChanges = 20_000;
    private readonly ReportContent _content;
    private readonly PackedJson _packed;
    private readonly Utf8JsonWriter _json;
    private readonly CancellationToken _cancellationToken;
    private readonly FindingSums _sums;
    private readonly StringTable _texts = new();
    private readonly ResourceTable _resources;
    private readonly FindingTable _findings;
    private readonly FindingTable _changes;
    private readonly int[] _changeCounts = new int[Enum.GetValues(typeof(ReportChangeKind)).Length];

    private HtmlData(ReportContent content, FindingSums sums, PackedJson packed, CancellationToken cancellationToken)
    {
        _content = content;
        _packed = packed;
        _json = packed.Json;
        _cancellationToken = cancellationToken;
        _sums = sums;
        _resources = new ResourceTable(_texts, _sums);
        _findings = new FindingTable(_texts, _resources, _sums);
        _changes = new FindingTable(_texts, _resources, _sums);
    }

    /// <summary>Writes the content.</summary>
    /// <param name="content">What the report tells; its findings were looked at already.</param>
    /// <param name="sums">What they add up to.</param>
    /// <param name="pick">Which to list; it counted them all.</param>
    /// <param name="findings">All of them, in the order in which they were counted.</param>
    /// <param name="packed">Where to.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task WriteAsync(ReportContent content, FindingSums sums, FindingPick pick, IEnumerable<Finding> findings, PackedJson packed, CancellationToken cancellationToken)
    {
        var data = new HtmlData(content, sums, packed, cancellationToken);
        var changes = data.ReadChanges();
        foreach (var finding in findings.Where(pick.Admits))
        {
            data._findings.Add(finding, changes.TryGetValue(finding.FindingId, out var kind) ? kind : null);
        }

        return data.WriteAsync();
    }

    private Dictionary<string, ReportChangeKind> ReadChanges()
    {
        var changes = new Dictionary<string, ReportChangeKind>(StringComparer.Ordinal);
        foreach (var change in _content.Changes)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _changeCounts[(int)change.Kind]++;
            if (changes.Count < MostChanges && !changes.ContainsKey(change.Finding.FindingId))
            {
                changes.Add(change.Finding.FindingId, change.Kind);
                _changes.Add(change.Finding, change.Kind);
            }
        }

        return changes;
    }

    private async Task WriteAsync()
    {
        _json.WriteStartObject();
        _json.WriteBoolean("isSelection", _content.IsSelection);
        _json.WriteString("title", _content.Title);
        _json.WriteNumber("createdAt", _content.CreatedAt.ToUnixTimeSeconds());
        _json.WriteString("version", typeof(HtmlReport).Assembly.GetName().Version!.ToString(3));
        _json.WriteNumber("total", _sums.Total);
        _json.WriteBoolean("hasChanges", _content.ChangesSince is not null);
        _json.WriteNumber("changesSince", _content.ChangesSince?.ToUnixTimeSeconds() ?? 0);
        List("changeCounts", _changeCounts, count => _json.WriteNumberValue(count));
        List("exceptions", _content.Exceptions, WriteException);
        List("trend", _content.Trend, WriteTrend);
        List("benchmarks", _content.Benchmarks, WriteBenchmark);
        WriteGaps();
        WriteInventory();
        await WriteTableAsync("findings", _findings).ConfigureAwait(false);
        await WriteTableAsync("changes", _changes).ConfigureAwait(false);
        await WriteResourcesAsync().ConfigureAwait(false);

        // Accounts and rules come late: what was written before may have added some.
        List("accounts", _sums.Accounts, WriteAccount);
        List("rules", _sums.Rules, WriteRule);
        WriteSums();
        await ColumnAsync("texts", _texts.Texts, _json.WriteStringValue).ConfigureAwait(false);
        _json.WriteEndObject();
    }

    private void WriteAccount(ReportAccount account)
    {
        _json.WriteStartObject();
        _json.WriteString("id", account.AccountId);
        _json.WriteString("name", account.AccountName);
        _json.WriteString("partition", account.Partition);
        _json.WriteString("connection", account.Connection);
        _json.WriteString("harvest", account.HarvestId);
        _json.WriteNumber("at", account.HarvestedAt?.ToUnixTimeSeconds() ?? 0);
        _json.WriteBoolean("manages", account.IsManagementAccount);
        Texts("regions", account.Regions);
        _json.WriteEndObject();
    }

    private void WriteRule(ReportRule rule)
    {
        _json.WriteStartObject();
        _json.WriteString("id", rule.RuleId);
        _json.WriteString("title", rule.Title);
        _json.WriteNumber("severity", (int)rule.Severity);
        _json.WriteString("service", rule.Service);
        _json.WriteString("rationale", rule.Rationale);
        _json.WriteString("powershell", rule.Remediation.PowerShell ?? "");
        _json.WriteString("cli", rule.Remediation.Cli ?? "");
        Texts("references", rule.References);
        _json.WriteEndObject();
    }

    private void WriteBenchmark(Benchmark benchmark)
    {
        _json.WriteStartObject();
        _json.WriteString("id", benchmark.Id);
        _json.WriteString("title", benchmark.Title);
        _json.WriteString("version", benchmark.Version);
        _json.WriteString("source", benchmark.Source ?? "");
        List("requirements", benchmark.Requirements, requirement =>
        {
            _json.WriteStartObject();
            _json.WriteString("id", requirement.Id);
            _json.WriteString("title", requirement.Title);
            _json.WriteString("section", requirement.Section ?? "");
            _json.WriteNumber("level", requirement.Level ?? 0);
            _json.WriteString("manual", requirement.Manual ?? "");
            Texts("rules", requirement.Rules);
            _json.WriteEndObject();
        });
        _json.WriteEndObject();
    }

    private void WriteException(ReportException exception)
    {
        _json.WriteStartObject();
        _json.WriteString("id", exception.Id);
        _json.WriteString("rule", exception.Rule);
        _json.WriteString("account", exception.Account);
        _json.WriteString("resource", exception.Resource);
        _json.WriteString("region", exception.Region);
        _json.WriteString("reason", exception.Reason);
        _json.WriteString("by", exception.By);
        _json.WriteString("ticket", exception.Ticket);
        _json.WriteNumber("until", exception.Until?.ToUnixTimeSeconds() ?? 0);
        _json.WriteNumber("findings", exception.Findings);
        _json.WriteEndObject();
    }

    private void WriteTrend(ReportTrendPoint point)
    {
        _json.WriteStartObject();
        _json.WriteNumber("at", point.At.ToUnixTimeSeconds());
        _json.WriteNumber("passed", point.Passed);
        List("failed", [Severity.Informational, Severity.Low, Severity.Medium, Severity.High, Severity.Critical], severity =>
            _json.WriteNumberValue(point.Failed.TryGetValue(severity, out var count) ? count : 0));
        _json.WriteEndObject();
    }

    private void WriteGaps()
    {
        var gaps = new GapSums();
        foreach (var gap in _content.Gaps)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            gaps.Add(_sums.AccountOf(gap.AccountId, gap.AccountName), gap.Gap);
        }

        List("gaps", gaps.Entries, entry =>
        {
            _json.WriteStartObject();
            _json.WriteNumber("account", entry.Account);
            _json.WriteString("service", entry.First.Service);
            _json.WriteString("operation", entry.First.Operation);
            _json.WriteString("action", entry.First.Action ?? "");
            _json.WriteString("reason", entry.First.Reason.ToString());
            _json.WriteString("code", entry.First.Code);
            _json.WriteString("message", entry.First.Message);
            _json.WriteNumber("count", entry.Count);
            Texts("regions", entry.Regions);
            Texts("types", entry.Types);
            _json.WriteEndObject();
        });
    }

    private void WriteInventory()
    {
        var counts = new Dictionary<(string Type, int Account), long>();
        foreach (var count in _content.Resources)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var key = (count.ResourceType, _sums.AccountOf(count.AccountId, count.AccountId));
            counts[key] = (counts.TryGetValue(key, out var before) ? before : 0) + count.Count;
        }

        List("inventory", counts, entry =>
        {
            _json.WriteStartArray();
            _json.WriteStringValue(entry.Key.Type);
            _json.WriteNumberValue(entry.Key.Account);
            _json.WriteNumberValue(entry.Value);
            _json.WriteEndArray();
        });
    }

    private void WriteSums() => List("sums", _sums.Counts, entry =>
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(entry.Rule);
        _json.WriteNumberValue(entry.Account);
        foreach (var count in entry.ByStatus)
        {
            _json.WriteNumberValue(count);
        }

        _json.WriteEndArray();
    });

    private async Task WriteTableAsync(string name, FindingTable table)
    {
        _json.WriteStartObject(name);
        await ColumnAsync("id", table.Ids, _json.WriteStringValue).ConfigureAwait(false);
        foreach (var (column, values) in table.Numbers)
        {
            await ColumnAsync(column, values, _json.WriteNumberValue).ConfigureAwait(false);
        }

        _json.WriteEndObject();
    }

    private async Task WriteResourcesAsync()
    {
        _json.WriteStartObject("resources");
        await ColumnAsync("account", _resources.Rows, row => _json.WriteNumberValue(row.Account)).ConfigureAwait(false);
        await ColumnAsync("region", _resources.Rows, row => _json.WriteNumberValue(row.Region)).ConfigureAwait(false);
        await ColumnAsync("arn", _resources.Rows, row => _json.WriteNumberValue(row.Arn)).ConfigureAwait(false);
        await ColumnAsync("type", _resources.Rows, row => _json.WriteNumberValue(row.Type)).ConfigureAwait(false);
        await ColumnAsync("resourceId", _resources.Rows, row => _json.WriteNumberValue(row.Id)).ConfigureAwait(false);
        await ColumnAsync("name", _resources.Rows, row => _json.WriteNumberValue(row.Name)).ConfigureAwait(false);
        _json.WriteEndObject();
    }

    private async Task ColumnAsync<T>(string name, IEnumerable<T> values, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            write(value);
            await _packed.RelieveAsync(_cancellationToken).ConfigureAwait(false);
        }

        _json.WriteEndArray();
    }

    private void Texts(string name, IEnumerable<string> values) => List(name, values, _json.WriteStringValue);

    private void List<T>(string name, IEnumerable<T> values, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            write(value);
        }

        _json.WriteEndArray();
    }
}
