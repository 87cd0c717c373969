using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Assessment.Access;

/// <summary>All accounts that were harvested, with what their organizations forbid, so that a request of any identity can be judged.</summary>
internal sealed class IdentityEstate
{
    private readonly Dictionary<string, IdentityAccount> _accounts = new(StringComparer.Ordinal);
    private readonly ControlPolicies _control = new();
    private readonly Dictionary<string, Identity> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<IReadOnlyList<AccessPolicy>>> _ofIdentities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<IReadOnlyList<AccessPolicy>>> _onResources = new(StringComparer.Ordinal);

    public IdentityEstate(IEnumerable<IdentityAccount> accounts)
    {
        foreach (var account in accounts.OrderBy(account => account.AccountId, StringComparer.Ordinal))
        {
            _accounts[account.AccountId] = account;
            _control.Add(account);
        }

        foreach (var account in _accounts.Values)
        {
            _ofIdentities[account.AccountId] = account.IsManagement ? [] : _control.OfIdentities(account.AccountId);
            _onResources[account.AccountId] = account.IsManagement ? [] : _control.OnResources(account.AccountId);
        }

        Accounts = [.. _accounts.Values];
        Identities = [.. Accounts.SelectMany(account => account.Identities)];
        foreach (var same in Identities.GroupBy(identity => identity.Arn, StringComparer.Ordinal))
        {
            _identities[same.Key] = same.First();
        }
    }

    public IReadOnlyList<IdentityAccount> Accounts { get; }

    /// <summary>All users and roles.</summary>
    public IReadOnlyList<Identity> Identities { get; }

    /// <summary>Reads accounts.</summary>
    /// <param name="snapshots">The accounts.</param>
    /// <param name="catalog">What can be harvested.</param>
    /// <param name="others">Types that are wanted beside those of identities.</param>
    /// <param name="resources">Reads an account's resources of some types; null for its snapshot's own way.</param>
    public static IdentityEstate Read(IEnumerable<IAccountSnapshot> snapshots, ServiceCatalog catalog, IReadOnlyList<string> others, Func<IAccountSnapshot, IReadOnlyList<string>, IEnumerable<Resource>>? resources = null)
    {
        IReadOnlyList<string> types = [.. IdentityReader.Types.Concat(others).Distinct(StringComparer.Ordinal)];
        return new(snapshots.Select(snapshot => IdentityReader.Read(snapshot, catalog, resources?.Invoke(snapshot, types) ?? snapshot.Resources(), others)));
    }

    /// <summary>The account; null where it was not harvested.</summary>
    public IdentityAccount? Account(string accountId) => _accounts.TryGetValue(accountId, out var account) ? account : null;

    /// <summary>Accounts in an organization whose control policies were not read, so that answers may allow too much.</summary>
    public IEnumerable<string> WithoutControl => Accounts.Where(account => !account.IsManagement && !_control.Knows(account.AccountId) && (account.OrganizationId is not null || !account.IsOrganizationKnown)).Select(account => account.AccountId);

    /// <summary>The user or role; null where none of that ARN was harvested.</summary>
    public Identity? Find(string arn) => _identities.TryGetValue(arn, out var identity) ? identity : null;

    /// <summary>What an identity may do at most, level by level.</summary>
    public IReadOnlyList<IReadOnlyList<AccessPolicy>> LimitsOf(Identity identity) =>
        !identity.IsServiceLinked && _ofIdentities.TryGetValue(identity.AccountId, out var levels) ? levels : [];

    /// <summary>Judges a request of an identity.</summary>
    /// <param name="identity">Who asks.</param>
    /// <param name="ask">For what.</param>
    public AccessDecision Decide(Identity identity, Ask ask)
    {
        var owner = ask.AccountId ?? Arn.AccountOf(ask.Resource) ?? identity.AccountId;
        var request = new AccessRequest(identity.Arn, ask.Action, ask.Resource)
        {
            ResourceAccountId = owner.Length == 0 ? null : owner,
            Kind = identity.RequesterKind,
            Context = OrganizationOf(identity, owner, ask),
            PrincipalContext = identity.Context,
            ListedPrefixes = ask.Tags is null ? identity.ListedPrefixes : [.. identity.ListedPrefixes, .. ask.TagPrefixes],
        };
        var onResource = identity.IsServiceLinked || !_onResources.TryGetValue(owner, out var levels) ? [] : levels;
        return AccessEvaluator.Decide(request, new AccessPolicies
        {
            Identity = identity.Policies,
            Boundary = identity.Boundary,
            Control = onResource.Count == 0 ? LimitsOf(identity) : [.. LimitsOf(identity), .. onResource],
            Resource = ask.ResourcePolicy,
        });
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> OrganizationOf(Identity identity, string owner, Ask ask)
    {
        var known = ask.Known();
        if (Account(identity.AccountId) is { IsOrganizationKnown: true } own)
        {
            known["aws:PrincipalOrgID"] = own.OrganizationId is { } id ? [id] : [];
        }

        if (Account(owner) is { IsOrganizationKnown: true } other)
        {
            known["aws:ResourceOrgID"] = other.OrganizationId is { } id ? [id] : [];
        }

        return known;
    }
}
