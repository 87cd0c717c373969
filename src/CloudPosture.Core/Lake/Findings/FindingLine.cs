using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Findings;

/// <summary>Reads findings from lines of the lake, a million in seconds. Not thread-safe.</summary>
internal sealed class FindingLine(FindingQuery query)
{
    private static readonly byte[][] FieldNames = [.. Enum.GetNames(typeof(Field)).Select(name => Encoding.ASCII.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(name)))];
    private readonly DateTimeOffset?[] _times = new DateTimeOffset?[FieldNames.Length];
    private readonly StringPool _pool = new();
    private readonly string?[] _texts = new string?[FieldNames.Length];
    private readonly Filter _rules = new(query.RuleIds);
    private readonly Filter _statuses = new(Names(query.Statuses));
    private readonly Filter _severities = new(Names(query.Severities));
    private readonly Filter _services = new(query.Services);
    private readonly Filter _regions = new(query.Regions);
    private readonly Filter _resources = new(query.Resources);
    private readonly Filter _connections = new(query.Connections);

    /// <summary>The members of a line, in the order they are written.</summary>
    private enum Field
    {
        FindingId, RuleId, Title, Status, Severity, Service, ResourceType, ResourceId, ResourceArn, ResourceName,
        AccountId, AccountName, Region, Evidence, FirstSeen, LastSeen, Connection, HarvestId,
        Change, StatusSince, FirstFailed, LastPassed, LastVerdict, LastVerdictSince,

        // On their way to a report only.
        ExceptionId, ExceptionReason, Requirements,
        Provider, NativeId, NativeSeverity, WorkflowState,
    }

    /// <summary>Reads a line.</summary>
    /// <returns>The finding; null where the query does not ask for it.</returns>
    /// <exception cref="JsonException">The line is no finding.</exception>
    public Finding? Read(ReadOnlySpan<byte> line)
    {
        Array.Clear(_texts, 0, _texts.Length);
        Array.Clear(_times, 0, _times.Length);
        var json = new Utf8JsonReader(line);
        json.Read();
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(ref json, expected);
            json.Read();
            if (index < 0)
            {
                json.Skip();
                continue;
            }

            expected = index + 1;
            switch ((Field)index)
            {
                case Field.FirstSeen:
                case Field.LastSeen:
                case Field.StatusSince:
                case Field.FirstFailed:
                case Field.LastPassed:
                case Field.LastVerdictSince:
                    _times[index] = json.GetDateTimeOffset();
                    break;
                case Field.FindingId:
                case Field.ResourceId:
                case Field.ResourceArn:
                case Field.ResourceName:
                case Field.NativeId:
                    _texts[index] = json.GetString();
                    break;
                default:
                    _texts[index] = _pool.Get(ref json);
                    break;
            }

            if (!IsWanted((Field)index))
            {
                return null;
            }
        }

        return Make();
    }

    private static string[]? Names<T>(IReadOnlyCollection<T>? values)
        where T : struct, Enum => values is null ? null : [.. values.Select(value => value.ToString())];

    /// <summary>The lines are written in this order, so the first guess is right.</summary>
    private static int IndexOf(ref Utf8JsonReader json, int expected)
    {
        for (var i = 0; i < FieldNames.Length; i++)
        {
            var index = (expected + i) % FieldNames.Length;
            if (json.ValueTextEquals(FieldNames[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private bool IsWanted(Field field) => field switch
    {
        Field.RuleId => _rules.Wants(_texts[(int)Field.RuleId]!),
        Field.Status => _statuses.Wants(_texts[(int)Field.Status]!),
        Field.Severity => _severities.Wants(_texts[(int)Field.Severity]!),
        Field.Service => _services.Wants(_texts[(int)Field.Service]!) && (query.ExcludedServices.Count == 0 || !query.ExcludedServices.Contains(_texts[(int)Field.Service]!)),
        Field.Region => _regions.Wants(_texts[(int)Field.Region]!),
        Field.Connection => _connections.Wants(_texts[(int)Field.Connection]!),
        Field.ResourceName => _resources.IsOpen
            || _resources.Wants(_texts[(int)Field.ResourceName]!)
            || _resources.Wants(_texts[(int)Field.ResourceArn] ?? "")
            || _resources.Wants(_texts[(int)Field.ResourceId] ?? ""),
        _ => true,
    };

    private Finding Make() => new()
    {
        FindingId = Required(Field.FindingId),
        RuleId = Required(Field.RuleId),
        Title = Required(Field.Title),
        Status = StatusOf(Required(Field.Status)),
        Severity = SeverityOf(Required(Field.Severity)),
        Service = Required(Field.Service),
        ResourceType = Required(Field.ResourceType),
        ResourceId = Required(Field.ResourceId),
        ResourceArn = Required(Field.ResourceArn),
        ResourceName = Required(Field.ResourceName),
        AccountId = Required(Field.AccountId),
        AccountName = Required(Field.AccountName),
        Region = Required(Field.Region),
        Evidence = Required(Field.Evidence),
        FirstSeen = TimeOf(Field.FirstSeen) ?? default,
        LastSeen = TimeOf(Field.LastSeen) ?? default,
        Connection = Required(Field.Connection),
        HarvestId = Required(Field.HarvestId),
        Change = _texts[(int)Field.Change] is { } change ? ChangeOf(change) : null,
        StatusSince = TimeOf(Field.StatusSince),
        FirstFailed = TimeOf(Field.FirstFailed),
        LastPassed = TimeOf(Field.LastPassed),
        LastVerdict = _texts[(int)Field.LastVerdict] is { } verdict ? StatusOf(verdict) : null,
        LastVerdictSince = TimeOf(Field.LastVerdictSince),
        ExceptionId = _texts[(int)Field.ExceptionId],
        ExceptionReason = _texts[(int)Field.ExceptionReason],
        Requirements = _texts[(int)Field.Requirements],
        Provider = _texts[(int)Field.Provider],
        NativeId = _texts[(int)Field.NativeId],
        NativeSeverity = _texts[(int)Field.NativeSeverity],
        WorkflowState = _texts[(int)Field.WorkflowState],
    };

    private static FindingChange ChangeOf(string name) => name switch
    {
        nameof(FindingChange.Unchanged) => FindingChange.Unchanged,
        nameof(FindingChange.New) => FindingChange.New,
        _ => Enum.TryParse<FindingChange>(name, out var change) ? change : throw new JsonException($"'{name}' is no change of a finding."),
    };

    private DateTimeOffset? TimeOf(Field field) => _times[(int)field];

    private static FindingStatus StatusOf(string name) => name switch
    {
        nameof(FindingStatus.Pass) => FindingStatus.Pass,
        nameof(FindingStatus.Fail) => FindingStatus.Fail,
        _ => Enum.TryParse<FindingStatus>(name, out var status) ? status : throw new JsonException($"'{name}' is no status of a finding."),
    };

    private static Severity SeverityOf(string name) => name switch
    {
        nameof(Severity.High) => Severity.High,
        nameof(Severity.Medium) => Severity.Medium,
        nameof(Severity.Low) => Severity.Low,
        _ => Enum.TryParse<Severity>(name, out var severity) ? severity : throw new JsonException($"'{name}' is no severity."),
    };

    private string Required(Field field) =>
        _texts[(int)field] ?? throw new JsonException($"A finding without '{field}'.");
}
