using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Html;

/// <summary>Writes what the pages show as one JSON value; <c>module/report/js/data.js</c> reads it.</summary>
internal sealed class HtmlData : IDisposable
{
    private const int MostChanges = 20_000;
    private readonly ReportContent _content;
    private readonly PackedJson _packed;
    private readonly Utf8JsonWriter _json;
    private readonly CancellationToken _cancellationToken;
    private readonly FindingSums _sums;
    private readonly HtmlRecords _records;
    private readonly StringTable _texts;
    private readonly ResourceTable _resources;
    private readonly FindingTable _findings;
    private readonly FindingTable _changes;
    private readonly int[] _changeCounts = new int[Enum.GetValues(typeof(ReportChangeKind)).Length];

    private HtmlData(ReportContent content, FindingSums sums, PackedJson packed, CancellationToken cancellationToken)
    {
        _content = content;
        _packed = packed;
        _json = packed.Json;
        _records = new HtmlRecords(_json);
        _cancellationToken = cancellationToken;
        _sums = sums;
        _texts = new StringTable(_json.WriteStringValue);
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
    public static async Task WriteAsync(ReportContent content, FindingSums sums, FindingPick pick, IEnumerable<Finding> findings, PackedJson packed, CancellationToken cancellationToken)
    {
        using var data = new HtmlData(content, sums, packed, cancellationToken);
        data._json.WriteStartObject();
        await data.WriteTextsAsync(findings.Where(pick.Admits)).ConfigureAwait(false);
        await data.WriteRestAsync().ConfigureAwait(false);
        data._json.WriteEndObject();
    }

    public void Dispose() => _texts.Dispose();

    // Texts go out while findings are looked at, before the tables that tell them by their places.
    private async Task WriteTextsAsync(IEnumerable<Finding> findings)
    {
        _json.WriteStartArray("texts");
        var changes = await ReadChangesAsync().ConfigureAwait(false);
        foreach (var finding in findings)
        {
            _findings.Add(finding, changes.TryGetValue(finding.FindingId, out var kind) ? kind : null);
            await _packed.RelieveAsync(_cancellationToken).ConfigureAwait(false);
        }

        _json.WriteEndArray();
    }

    private async Task<Dictionary<string, ReportChangeKind>> ReadChangesAsync()
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
                await _packed.RelieveAsync(_cancellationToken).ConfigureAwait(false);
            }
        }

        return changes;
    }

    private async Task WriteRestAsync()
    {
        _json.WriteBoolean("isSelection", _content.IsSelection);
        _json.WriteString("title", _content.Title);
        _json.WriteNumber("createdAt", _content.CreatedAt.ToUnixTimeSeconds());
        _json.WriteString("version", typeof(HtmlReport).Assembly.GetName().Version!.ToString(3));
        _json.WriteNumber("total", _sums.Total);
        _json.WriteBoolean("hasChanges", _content.ChangesSince is not null);
        _json.WriteNumber("changesSince", _content.ChangesSince?.ToUnixTimeSeconds() ?? 0);
        _records.List("changeCounts", _changeCounts, count => _json.WriteNumberValue(count));
        _records.List("exceptions", _content.Exceptions, _records.Exception);
        _records.List("trend", _content.Trend, _records.Trend);
        await ColumnAsync("benchmarks", _content.Benchmarks, _records.Benchmark).ConfigureAwait(false);
        await WriteGapsAsync().ConfigureAwait(false);
        await WriteInventoryAsync().ConfigureAwait(false);
        await WriteTableAsync("findings", _findings).ConfigureAwait(false);
        await WriteTableAsync("changes", _changes).ConfigureAwait(false);
        await WriteResourcesAsync().ConfigureAwait(false);

        // Accounts and rules come late: what was written before may have added some.
        await ColumnAsync("accounts", _sums.Accounts, _records.Account).ConfigureAwait(false);
        await ColumnAsync("rules", _sums.Rules, _records.Rule).ConfigureAwait(false);
        await WriteSumsAsync().ConfigureAwait(false);
    }

    private Task WriteGapsAsync()
    {
        var gaps = new GapSums();
        foreach (var gap in _content.Gaps)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            gaps.Add(_sums.AccountOf(gap.AccountId, gap.AccountName), gap.Gap);
        }

        return ColumnAsync("gaps", gaps.Entries, entry =>
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
            _records.Texts("regions", entry.Regions);
            _records.Texts("types", entry.Types);
            _json.WriteEndObject();
        });
    }

    private Task WriteInventoryAsync()
    {
        var counts = new Dictionary<(string Type, int Account), long>();
        foreach (var count in _content.Resources)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var key = (count.ResourceType, _sums.AccountOf(count.AccountId, count.AccountId));
            counts[key] = (counts.TryGetValue(key, out var before) ? before : 0) + count.Count;
        }

        return ColumnAsync("inventory", counts, entry =>
        {
            _json.WriteStartArray();
            _json.WriteStringValue(entry.Key.Type);
            _json.WriteNumberValue(entry.Key.Account);
            _json.WriteNumberValue(entry.Value);
            _json.WriteEndArray();
        });
    }

    private Task WriteSumsAsync() => ColumnAsync("sums", _sums.Counts, entry =>
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
}
