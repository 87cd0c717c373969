using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>Writes what one service of one account holds. Thread-safe.</summary>
public sealed class ServiceWriter : IDisposable
{
    private readonly object _gate = new();
    private readonly HarvestWriter _harvest;
    private readonly string _resourcesPath;
    private readonly string _gapsPath;
    private readonly ServiceCommit _commit;
    private readonly Dictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, string? Field, string Region, string Operation, string Code)> _known = [];
    private MemberDraft? _resources;
    private MemberDraft? _gaps;
    private Utf8JsonWriter? _json;

    internal ServiceWriter(HarvestWriter harvest, string resourcesPath, string gapsPath, ServiceCommit commit)
    {
        _harvest = harvest;
        _resourcesPath = resourcesPath;
        _gapsPath = gapsPath;
        _commit = commit;
    }

    /// <summary>How many resources were added.</summary>
    public long ResourceCount { get; private set; }

    /// <summary>How many different gaps were added.</summary>
    public long GapCount => _known.Count;

    /// <summary>Adds a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Add(Resource resource) => Add(resource, json => resource.Configuration.WriteTo(json));

    /// <summary>Adds a gap; one that differs from an earlier one in its message alone is left out.</summary>
    /// <param name="gap">The gap.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Add(ReadGap gap)
    {
        lock (_gate)
        {
            if (_known.Add((gap.ResourceType, gap.Field, gap.Region, gap.Operation, gap.Code)))
            {
                HarvestFiles.Write(_gapsPath, () => AddLine(ref _gaps, _gapsPath, json => JsonSerializer.Serialize(json, gap, LakeJson.Default.ReadGap)));
            }
        }
    }

    /// <summary>Commits: from here on the service is in the lake, whatever happens to this process.</summary>
    /// <param name="statistics">What reading took.</param>
    /// <returns>What was committed.</returns>
    /// <exception cref="LakeException">The disk refuses; nothing is committed.</exception>
    public ServiceCommit Commit(ServiceStatistics statistics) => Commit(statistics, _commit);

    /// <summary>Commits a service of which something was missed.</summary>
    /// <param name="statistics">What reading took.</param>
    /// <param name="unread">The lists that another reading may bring.</param>
    /// <param name="hasPassingGaps">See <see cref="ServiceCommit.HasPassingGaps"/>.</param>
    /// <param name="isOpen">See <see cref="ServiceCommit.IsOpen"/>.</param>
    internal ServiceCommit Commit(ServiceStatistics statistics, IReadOnlyList<UnreadList> unread, bool hasPassingGaps, bool isOpen) =>
        Commit(statistics, _commit with { Unread = unread, HasPassingGaps = hasPassingGaps, IsOpen = isOpen });

    private ServiceCommit Commit(ServiceStatistics statistics, ServiceCommit commit)
    {
        HarvestFiles.Write(_resourcesPath, () =>
        {
            _resources?.Finish();
            _gaps?.Finish();
            commit = _harvest.Commit(commit with { Types = _types, GapCount = GapCount, Statistics = statistics }, _resources, _gaps);
        });
        return commit;
    }

    /// <summary>Forgets what is not committed.</summary>
    public void Dispose()
    {
        _resources?.Dispose();
        _gaps?.Dispose();
        _json?.Dispose();
    }

    /// <summary>Adds a resource whose configuration is written by the delegate.</summary>
    internal void Add(Resource resource, Action<Utf8JsonWriter> writeConfiguration)
    {
        lock (_gate)
        {
            HarvestFiles.Write(_resourcesPath, () => AddLine(ref _resources, _resourcesPath, json => ResourceLine.Write(json, resource, writeConfiguration)));
            _types[resource.Type] = (_types.TryGetValue(resource.Type, out var count) ? count : 0) + 1;
            ResourceCount++;
        }
    }

    private void AddLine(ref MemberDraft? member, string path, Action<Utf8JsonWriter> write)
    {
        member ??= new MemberDraft(path);
        if (_json is null)
        {
            _json = new Utf8JsonWriter(member.Buffer, ResourceLine.Options);
        }
        else
        {
            _json.Reset(member.Buffer);
        }

        write(_json);
        _json.Flush();
        member.EndLine();
    }
}
