using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Content;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Posture.Access;

/// <summary>Answers who can become whom, over all accounts that were harvested.</summary>
public sealed class EscalationAnalysis
{
    private readonly IdentityEstate _estate;
    private readonly EscalationGraph _graph;

    private EscalationAnalysis(IdentityEstate estate, EscalationGraph graph) => (_estate, _graph) = (estate, graph);

    /// <summary>Accounts in an organization whose control policies were not read: the answers may hold ways that these forbid.</summary>
    public IReadOnlyList<string> AccountsWithoutControl => [.. _estate.WithoutControl];

    /// <summary>Reads accounts and sorts what is in them.</summary>
    /// <param name="snapshots">The accounts.</param>
    /// <param name="content">What can be harvested, and the ways to more rights.</param>
    /// <param name="resources">Reads an account's resources of some types, where there is a quicker way than to read all; null for none.</param>
    public static EscalationAnalysis Of(IEnumerable<IAccountSnapshot> snapshots, ContentSet content, Func<IAccountSnapshot, IReadOnlyList<string>, IEnumerable<Resource>>? resources = null) =>
        Of(IdentityEstate.Read(snapshots, content.Catalog, EscalationMethods.TypesOf(EscalationMethods.Of(content)), resources), content);

    internal static EscalationAnalysis Of(IdentityEstate estate, ContentSet content) => new(estate, new EscalationGraph(estate, EscalationMethods.Of(content)));

    /// <summary>The shortest ways to do everything in an account, for all who have one and may not already; the shortest first.</summary>
    /// <param name="isWanted">Tells the accounts that are meant; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public IReadOnlyList<EscalationPath> ToAdministrator(Func<string, bool>? isWanted = null, CancellationToken cancellationToken = default)
    {
        foreach (var account in _estate.Accounts)
        {
            _graph.Administrator(account.AccountId);
        }

        return Paths([.. _graph.Administrators.Where(identity => isWanted?.Invoke(identity.AccountId) != false)], cancellationToken);
    }

    /// <summary>The shortest ways to be a user or role, for all who have one; the shortest first.</summary>
    /// <param name="arn">The user's or role's ARN.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null where no such user or role was harvested.</returns>
    public IReadOnlyList<EscalationPath>? To(string arn, CancellationToken cancellationToken = default) => Find(arn) is { } goal ? Paths([goal], cancellationToken) : null;

    /// <summary>Everyone that somebody can become, by the shortest way; the nearest first.</summary>
    /// <param name="arn">The ARN of a user, of a role, or of what works with a role.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null where nothing of the kind was harvested.</returns>
    public IReadOnlyList<EscalationPath>? From(string arn, CancellationToken cancellationToken = default)
    {
        if (Find(arn) is not { } start)
        {
            return null;
        }

        var reached = new EscalationSearch(_graph).OutOf(start, cancellationToken);
        return Sorted(reached.Keys.Where(identity => identity.Change is null && identity.Origin != start).Select(identity =>
        {
            var steps = new List<Step>();
            for (var at = identity; reached.TryGetValue(at, out var step); at = step.From)
            {
                steps.Insert(0, step);
            }

            return Path(steps);
        }));
    }

    /// <summary>Whether a user or role may do everything in its account; null where it was not harvested.</summary>
    public bool? IsAdministrator(string arn) => Find(arn) is { } identity ? _graph.IsAdministrator(identity) : null;

    /// <summary>The user or role that acts where this does: itself, or the role that it works with; null where there is none.</summary>
    public string? ActsAs(string arn) => Find(arn)?.Arn;

    private Identity? Find(string arn) =>
        _estate.Find(arn)
        ?? _graph.Outside.FirstOrDefault(identity => identity.Arn == arn)
        ?? _graph.RoleOf(arn);

    private List<EscalationPath> Paths(IReadOnlyCollection<Identity> goals, CancellationToken cancellationToken)
    {
        var reached = new EscalationSearch(_graph).Into(goals, cancellationToken);
        return Sorted(_estate.Identities.Concat(_graph.Outside).Where(identity => reached.ContainsKey(identity)).Select(identity =>
        {
            var steps = new List<Step>();
            for (var at = identity; reached.TryGetValue(at, out var step); at = step.To)
            {
                steps.Add(step);
            }

            return Path(steps);
        }));
    }

    private static List<EscalationPath> Sorted(IEnumerable<EscalationPath> paths) =>
    [
        .. paths.OrderBy(path => path.Steps.Count).ThenBy(path => !path.IsCertain)
            .ThenBy(path => path.From.Arn, StringComparer.Ordinal).ThenBy(path => path.To.Arn, StringComparer.Ordinal),
    ];

    private static EscalationPath Path(IReadOnlyList<Step> steps) => new(
        AccessParty.Of(steps[0].From), AccessParty.Of(steps[steps.Count - 1].To), [.. steps.Select(EscalationStep.Of)]);
}
