using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Assessment.Paths;
using CloudPosture.Content;
using CloudPosture.Graph;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Posture.Paths;

/// <summary>Answers how somebody gets from somewhere to administrators and to data, over all accounts that were harvested.</summary>
public sealed class PathAnalysis
{
    private readonly PathContent _content;
    private readonly IdentityEstate _estate;
    private readonly EscalationGraph _graph;
    private readonly Dictionary<string, Identity> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PathFinder> _finders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<ReachedLine>> _reached;
    private readonly Func<string, IEnumerable<PostureExposure>> _exposures;
    private readonly IReadOnlyCollection<string>? _entering;

    private PathAnalysis(PathContent content, Dictionary<string, IReadOnlyList<ReachedLine>> reached, IdentityEstate estate, Func<string, IEnumerable<PostureExposure>> exposures)
    {
        (_content, _reached, _estate, _exposures) = (content, reached, estate, exposures);
        _graph = new EscalationGraph(estate, content.Escalations);
        foreach (var identity in _graph.Outside.Concat(estate.Identities))
        {
            _identities[identity.Arn] = identity;
        }
    }

    private PathAnalysis(PathAnalysis all, IReadOnlyCollection<string> entering)
    {
        (_content, _reached, _estate, _graph, _identities, _exposures, _entering) = (all._content, all._reached, all._estate, all._graph, all._identities, all._exposures, entering);
        foreach (var pair in all._finders)
        {
            _finders[pair.Key] = Narrowed(pair.Value);
        }
    }

    /// <summary>The types whose data paths may lead to.</summary>
    /// <param name="content">What is known of AWS.</param>
    public static IReadOnlyCollection<string> DataTypesOf(ContentSet content) => PathContent.Of(content).DataTypes;

    /// <summary>Accounts in an organization whose control policies were not read: the answers may hold ways that these forbid.</summary>
    public IReadOnlyList<string> AccountsWithoutControl => [.. _estate.WithoutControl];

    /// <summary>Reads accounts.</summary>
    /// <param name="snapshots">The accounts.</param>
    /// <param name="content">What is known of AWS.</param>
    /// <param name="exposures">What can be reached from somewhere, asked for where paths begin in a network; see <see cref="ExposureReport.From"/>.</param>
    /// <param name="resources">Reads an account's resources of some types, where there is a quicker way than to read all; null for none.</param>
    /// <param name="networks">Beginnings in a network that will be asked for. What they reach is looked up before anything else is read, so that networks and identities need not be in memory together.</param>
    /// <exception cref="FormatException">One of the beginnings is none.</exception>
    public static PathAnalysis Of(
        IEnumerable<IAccountSnapshot> snapshots, ContentSet content, Func<string, IEnumerable<PostureExposure>> exposures, Func<IAccountSnapshot, IReadOnlyList<string>, IEnumerable<Resource>>? resources = null, IEnumerable<string>? networks = null)
    {
        var reached = new Dictionary<string, IReadOnlyList<ReachedLine>>(StringComparer.OrdinalIgnoreCase);
        foreach (var from in networks ?? [])
        {
            reached[from] = [.. ReachedLines.Of(exposures(from))];
        }

        var paths = PathContent.Of(content);
        var estate = IdentityEstate.Read(snapshots, content.Catalog, paths.Types, (snapshot, types) => Kept(paths, resources?.Invoke(snapshot, types) ?? snapshot.Resources()));
        return new(paths, reached, estate, exposures);
    }

    /// <summary>Whether a user, a role, or something that works with one has this ARN.</summary>
    public bool IsPrincipal(string arn) => IdentityOf(arn) is not null;

    /// <summary>The same for paths that come in by some resources alone.</summary>
    /// <param name="arns">Their ARNs.</param>
    public PathAnalysis EnteringBy(IReadOnlyCollection<string> arns) => new(this, arns);

    /// <summary>From each beginning the shortest path to whoever may do everything in an account.</summary>
    /// <param name="from">The beginnings: <c>Internet</c>, addresses, networks, ids of VPCs, or ARNs of users, roles and what works with a role.</param>
    /// <param name="isWanted">Tells the accounts that are meant; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="FormatException">A beginning is none of these.</exception>
    public IReadOnlyList<PosturePath> ToAdministrator(IReadOnlyCollection<string> from, Func<string, bool>? isWanted = null, CancellationToken cancellationToken = default) =>
        [.. from.SelectMany(start => Finder(start).ToAdministrator(isWanted, cancellationToken)).WorstFirst()];

    /// <summary>From each beginning the shortest path to somebody.</summary>
    /// <param name="from">The beginnings.</param>
    /// <param name="arn">The ARN of a user or role.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null where no such user or role was harvested.</returns>
    /// <exception cref="FormatException">A beginning is none.</exception>
    public IReadOnlyList<PosturePath>? ToPrincipal(IReadOnlyCollection<string> from, string arn, CancellationToken cancellationToken = default) =>
        _identities.TryGetValue(arn, out var goal) ? [.. from.SelectMany(start => Finder(start).ToIdentity(goal, cancellationToken)).WorstFirst()] : null;

    /// <summary>To each of some resources the shortest path from each origin.</summary>
    /// <param name="from">The beginnings.</param>
    /// <param name="resources">The resources; they are read once a beginning.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="FormatException">A beginning is none.</exception>
    public IReadOnlyList<PosturePath> ToEach(IReadOnlyCollection<string> from, IEnumerable<Resource> resources, CancellationToken cancellationToken = default) =>
        [.. from.SelectMany(start => Finder(start).ToEach(resources, cancellationToken)).WorstFirst()];

    /// <summary>From each thing that can be come in by, the shortest path to one resource.</summary>
    /// <param name="from">The beginnings.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="FormatException">A beginning is none.</exception>
    public IReadOnlyList<PosturePath> ToOne(IReadOnlyCollection<string> from, Resource resource, CancellationToken cancellationToken = default) =>
        [.. from.SelectMany(start => Finder(start).ToOne(resource, cancellationToken)).WorstFirst()];

    private static IEnumerable<Resource> Kept(PathContent content, IEnumerable<Resource> resources)
    {
        var keeper = new PathResources(content);
        return resources.Select(keeper.Keep).OfType<Resource>();
    }

    private PathFinder Finder(string from)
    {
        if (!_finders.TryGetValue(from, out var finder))
        {
            _finders[from] = finder = Narrowed(new PathFinder(_content, _estate, _graph, [.. EntriesFrom(from)]));
        }

        return finder;
    }

    private PathFinder Narrowed(PathFinder finder) =>
        _entering is null ? finder : new PathFinder(_content, _estate, _graph, [.. finder.Entries.Where(entry => _entering.Contains(entry.Arn))]);

    private IEnumerable<PathEntry> EntriesFrom(string from) => IdentityOf(from) is { } identity
        ? [PathEntries.Of(identity, _identities.ContainsKey(from) ? null : ThingOf(from))]
        : new PathEntries(_estate, _graph).Of(
            _reached.TryGetValue(from, out var known) ? known : ReachedLines.Of(_exposures(from)),
            string.Equals(from, Origin.InternetName, StringComparison.OrdinalIgnoreCase));

    private Identity? IdentityOf(string arn) => _identities.TryGetValue(arn, out var identity) ? identity : _graph.RoleOf(arn);

    private Resource? ThingOf(string arn) => _estate.Accounts.SelectMany(account => account.Others.Values).SelectMany(resources => resources).FirstOrDefault(resource => resource.Arn == arn);
}
