using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>
/// Finds paths: from what can be reached, or from somebody, by the role that it works with and steps to more rights, to administrators and
/// to data. Each is the shortest there is, and certain where one that is certain leads there at all.
/// </summary>
/// <param name="content">The tables that paths are found by.</param>
/// <param name="estate">The accounts.</param>
/// <param name="graph">Who can become whom.</param>
/// <param name="entries">Where paths begin.</param>
/// <param name="past">Where paths to data lead on from administrators.</param>
internal sealed class PathFinder(PathContent content, IdentityEstate estate, EscalationGraph graph, IReadOnlyList<PathEntry> entries, PastAdministrators past = PastAdministrators.ToEveryone)
{
    private Walk? _walk;
    private DataReaders? _readers;
    private Dictionary<string, PathEntry>? _direct;

    /// <summary>Where paths begin.</summary>
    public IReadOnlyList<PathEntry> Entries => entries;

    /// <summary>From each entry the shortest path to whoever may do everything in an account.</summary>
    /// <param name="isWanted">Tells the accounts that are meant; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IEnumerable<PosturePath> ToAdministrator(Func<string, bool>? isWanted, CancellationToken cancellationToken)
    {
        foreach (var account in estate.Accounts)
        {
            graph.Administrator(account.AccountId);
        }

        var goals = new HashSet<Identity>(graph.Administrators.Where(identity => isWanted?.Invoke(identity.AccountId) != false));
        return Onto(goals, PathLine.Administrator, cancellationToken);
    }

    /// <summary>From each entry the shortest path to somebody.</summary>
    /// <param name="goal">Who.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IEnumerable<PosturePath> ToIdentity(Identity goal, CancellationToken cancellationToken) => Onto([goal], PathEntries.TypeOf(goal), cancellationToken);

    /// <summary>To each resource the shortest path: by who may read its data, or because it can be reached itself.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IEnumerable<PosturePath> ToEach(IEnumerable<Resource> resources, CancellationToken cancellationToken)
    {
        var walk = Walked(cancellationToken);
        foreach (var resource in resources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Read(resource, _readers!, walk);
            var open = DirectTo(resource.Arn) is { } entry ? PathLine.Direct(entry, resource, content.DataTypes) : null;
            if ((open is null || (read is { IsCertain: true } && !open.IsCertain) ? read : open) is { } path)
            {
                yield return path;
            }
        }
    }

    /// <summary>From each entry the shortest path to one resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IEnumerable<PosturePath> ToOne(Resource resource, CancellationToken cancellationToken)
    {
        var walk = Walked(cancellationToken);
        var readers = new Dictionary<Identity, PartJudgement>();
        foreach (var (place, judgement) in _readers!.Of(resource))
        {
            readers[walk.Reached[place].Identity] = judgement;
        }

        var certain = Ways(readers.Where(reader => reader.Value.IsCertain).Select(reader => reader.Key), cancellationToken);
        var other = Ways(readers.Keys, cancellationToken);
        foreach (var entry in entries)
        {
            if (entry.Arn == resource.Arn && entry.Length > 0)
            {
                yield return PathLine.Direct(entry, resource, content.DataTypes);
            }
            else if ((certain.Of(entry) ?? other.Of(entry)) is { } way)
            {
                yield return PathLine.OfData(way, resource, readers[way.Identity]);
            }
        }
    }

    private Walk Walked(CancellationToken cancellationToken)
    {
        _walk ??= new Walk(graph, entries, past, cancellationToken);
        _readers ??= new DataReaders(content, estate, [.. _walk.Reached.Select(found => found.Identity)]);
        return _walk;
    }

    private PathEntry? DirectTo(string arn)
    {
        _direct ??= entries.Where(entry => entry.Length > 0).GroupBy(entry => entry.Arn, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return _direct.TryGetValue(arn, out var entry) ? entry : null;
    }

    private PosturePath? Read(Resource resource, DataReaders readers, Walk walk)
    {
        PosturePath? possible = null;
        foreach (var (place, judgement) in readers.Of(resource))
        {
            var found = walk.Reached[place];
            if (found.IsCertain && judgement.IsCertain)
            {
                return PathLine.OfData(found, resource, judgement);
            }

            possible ??= PathLine.OfData(found, resource, judgement);
        }

        return possible;
    }

    private IEnumerable<PosturePath> Onto(HashSet<Identity> goals, string type, CancellationToken cancellationToken)
    {
        var ways = Ways(goals, cancellationToken);
        return entries.Select(ways.Of).OfType<WalkEnd>()
            .Where(way => way.Entry.Length + way.Steps.Count > 0)
            .Select(way => PathLine.OfIdentity(way, type));
    }

    private WaysOnto Ways(IEnumerable<Identity> goals, CancellationToken cancellationToken)
    {
        var all = new HashSet<Identity>(goals);
        return new WaysOnto(all, all.Count == 0 ? new Dictionary<Identity, Step>() : new EscalationSearch(graph).Into(all, cancellationToken));
    }
}
