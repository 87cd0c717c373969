using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Assessment.Policies;
using CloudPosture.Graph;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>The paths of one account from the Internet, and who in it can make himself its administrator, for rules that ask. Worked out once an account.</summary>
internal sealed class AccountPaths
{
    private static readonly ConditionalWeakTable<AccountIndex, AccountPaths> Known = new();

    private readonly AccountIndex _account;
    private readonly IdentityEstate _estate;
    private readonly EscalationGraph _graph;
    private readonly Lazy<IReadOnlyDictionary<Identity, Step>> _toAdministrator;
    private readonly Lazy<ILookup<string, PosturePath>> _fromInternet;
    private readonly Lazy<PathFinder> _data;
    private readonly Lazy<(HashSet<Identity> Goals, IReadOnlyDictionary<Identity, Step> First)> _toUnread;

    private AccountPaths(AccountIndex account)
    {
        var content = PathContent.Of(account.Catalog.Content);
        _account = account;
        var own = AccountIdentities.Of(account);
        _estate = new IdentityEstate([own, .. account.Organization.Where(manager => manager.AccountId != account.AccountId)
            .Select(manager => IdentityReader.Read(manager, account.Catalog, manager.Resources(), []))]);
        _graph = new EscalationGraph(_estate, content.Escalations);
        _toAdministrator = new(() =>
        {
            _graph.Administrator(account.AccountId);
            return new EscalationSearch(_graph).Into(_graph.Administrators, CancellationToken.None);
        });
        _toUnread = new(() =>
        {
            var unread = new HashSet<Identity>(_estate.Identities.Where(identity => UnreadOf(identity) is not null).Concat(_graph.Undecided));
            return (unread, unread.Count == 0 ? new Dictionary<Identity, Step>() : new EscalationSearch(_graph).Into(unread, CancellationToken.None));
        });
        var entries = new Lazy<IReadOnlyList<PathEntry>>(() => [.. new PathEntries(_estate, _graph).Of(ReachedLines.Of(Exposures(own)), isInternet: true)]);
        _fromInternet = new(() => new PathFinder(content, _estate, _graph, entries.Value)
            .ToAdministrator(null, CancellationToken.None)
            .ToLookup(path => path.ResourceArn, StringComparer.Ordinal));
        _data = new(() => new PathFinder(content, _estate, _graph, entries.Value, PastAdministrators.ToNobody));
    }

    /// <summary>What must be kept of an account.</summary>
    public static IReadOnlyList<DigestKind> Digests { get; } = [AccountNetwork.Kind, AccountIdentities.Kind];

    /// <summary>Whether what the organization forbids was read, or there is none.</summary>
    public bool IsControlKnown => !_estate.WithoutControl.Contains(_account.AccountId);

    /// <summary>Those of an account.</summary>
    public static AccountPaths Of(AccountIndex account) => Known.GetValue(account, one => new AccountPaths(one));

    /// <summary>The shortest way of a user or role to everything in the account; null where there is none, or it may do everything already.</summary>
    public PosturePath? Escalation(string arn)
    {
        if (_estate.Identities.FirstOrDefault(identity => identity.Arn == arn) is not { } identity || _graph.IsAdministrator(identity))
        {
            return null;
        }

        var (steps, at) = (new List<Step>(), identity);
        while (_toAdministrator.Value.TryGetValue(at, out var step))
        {
            steps.Add(step);
            at = step.To;
        }

        return steps.Count == 0 ? null : PathLine.OfIdentity(new WalkEnd(at, PathEntries.Of(identity, thing: null), steps), PathLine.Administrator);
    }

    /// <summary>The path from the Internet by a thing to everything in an account; null where there is none.</summary>
    public PosturePath? ToAdministrator(string arn) => _fromInternet.Value[arn].FirstOrDefault();

    /// <summary>The path from the Internet to a resource's data by somebody who may not do everything; null where there is none.</summary>
    public PosturePath? ToData(Resource resource) => _data.Value.ToEach([resource], CancellationToken.None).FirstOrDefault(path => path.Length > 1);

    /// <summary>Which policy of a principal, or of one that it can become, was not read, so that it is not known what it may do; null where all were.</summary>
    /// <param name="arn">The ARN of a user or role.</param>
    public string? Unread(string arn) => Unread(_estate.Identities.FirstOrDefault(identity => identity.Arn == arn));

    /// <summary>The same of what the Internet reaches.</summary>
    /// <param name="arn">The ARN of one thing; null for all.</param>
    public string? UnreadFromInternet(string? arn) => _toUnread.Value.Goals.Count == 0 ? null
        : _data.Value.Entries.Where(entry => arn is null || entry.Arn == arn).Select(entry => Unread(entry.Identity)).FirstOrDefault(unread => unread is not null);

    private string? Unread(Identity? identity)
    {
        while (identity is not null && !_toUnread.Value.Goals.Contains(identity))
        {
            identity = _toUnread.Value.First.TryGetValue(identity, out var step) ? step.To : null;
        }

        return identity is null ? null
            : UnreadOf(identity) is { } unread ? $"{unread} of {ThingLabel.Of(identity)} was not read"
            : $"whether {ThingLabel.Of(identity)} may do everything could not be judged";
    }

    private static string? UnreadOf(Identity identity) => identity.Policies.FirstOrDefault(policy => policy.Statements is null)?.Name;

    private IEnumerable<PostureExposure> Exposures(IdentityAccount own)
    {
        var network = AccountNetwork.Of(_account);
        var shared = AccountIdentities.Shared(_account, network, id => new Owner(id, own.Partition) { KnownAccounts = _account.KnownAccounts, OrganizationId = own.OrganizationId, IsOrganizationKnown = own.IsOrganizationKnown });
        return new Exposures(network, Origin.Parse(Origin.InternetName, network)).All().Concat(shared);
    }
}
