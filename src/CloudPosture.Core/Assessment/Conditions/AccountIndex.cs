using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Assessment.Conditions;

/// <summary>What conditions may ask of the whole account: counts taken ahead, the few types that are looked up, and what is missing.</summary>
internal sealed class AccountIndex
{
    /// <summary>The code of gaps that stand for a service that was not harvested.</summary>
    public const string NotHarvestedCode = "NotHarvested";

    private readonly IAccountSnapshot _snapshot;
    private readonly ServiceCatalog _catalog;
    private readonly ILookup<string, ReadGap> _missing;
    private readonly Dictionary<string, List<Resource>> _kept;
    private readonly Dictionary<TalliedCount, Tally> _tallies;
    private readonly Dictionary<DigestKind, AccountDigest> _digests;

    private AccountIndex(IAccountSnapshot snapshot, ServiceCatalog catalog, AccountNeeds needs, IEnumerable<string> knownAccounts, IReadOnlyList<IAccountSnapshot> organization)
    {
        (_snapshot, _catalog, Organization) = (snapshot, catalog, organization);
        _missing = snapshot.Gaps.Where(gap => gap.Field is null).ToLookup(gap => gap.ResourceType, StringComparer.Ordinal);
        _kept = needs.Kept.ToDictionary(type => type, _ => new List<Resource>(), StringComparer.Ordinal);
        _tallies = needs.Counts.ToDictionary(count => count, count => count.Begin());
        _digests = needs.Digests.ToDictionary(kind => kind, kind => kind.Begin(this));
        KnownAccounts = new HashSet<string>(knownAccounts, StringComparer.Ordinal) { snapshot.AccountId };
    }

    /// <summary>The catalog of services.</summary>
    public ServiceCatalog Catalog => _catalog;

    /// <summary>The account as the lake holds it.</summary>
    public IAccountSnapshot Snapshot => _snapshot;

    /// <summary>What accounts that manage organizations say of theirs.</summary>
    public IReadOnlyList<IAccountSnapshot> Organization { get; }

    public string AccountId => _snapshot.AccountId;

    public string Partition => _snapshot.Partition;

    /// <summary>The Regions that were harvested.</summary>
    public IReadOnlyList<string> Regions => _snapshot.Regions;

    /// <summary>The accounts that belong to the same owner.</summary>
    public HashSet<string> KnownAccounts { get; }

    /// <summary>What was computed of the resource that is assessed.</summary>
    public LastValues Values { get; } = new();

    /// <summary>Reads the account once, keeping only what is needed.</summary>
    public static AccountIndex Build(
        IAccountSnapshot snapshot, ServiceCatalog catalog, AccountNeeds needs, IEnumerable<string> knownAccounts, IReadOnlyList<IAccountSnapshot>? organization = null)
    {
        var index = new AccountIndex(snapshot, catalog, needs, knownAccounts, organization ?? []);
        if (needs.Kept.Count + needs.Counts.Count + needs.Digests.Count > 0)
        {
            var tallies = index._tallies.ToLookup(tally => tally.Key.Type, tally => tally.Value, StringComparer.Ordinal);
            foreach (var resource in snapshot.Resources())
            {
                index.Add(resource, tallies);
            }

            // While resources stream by, what is computed from others of them is not whole.
            index.Values.Forget();
        }

        return index;
    }

    /// <summary>The resources of a type that the needs named.</summary>
    public IReadOnlyList<Resource> Resources(string type) => _kept[type];

    /// <summary>What was kept of the account for a question that the needs named.</summary>
    public AccountDigest Digest(DigestKind kind) => _digests[kind];

    /// <summary>What a count has seen of the account.</summary>
    public Tally TallyOf(TalliedCount count) => _tallies[count];

    /// <summary>Why the list of a type is not whole; null where it is.</summary>
    /// <param name="type">The resource type.</param>
    /// <param name="region">The Region; null for every Region.</param>
    public string? WhyMissing(string type, string? region) => GapOf(type, region) is { } gap ? gap.Code == NotHarvestedCode ? gap.Message : $"{Evidence.Of(gap)} in {gap.Region}" : null;

    /// <summary>The gap that hides part of the list of a type; null where it is whole.</summary>
    /// <param name="type">The resource type.</param>
    /// <param name="region">The Region; null for every Region.</param>
    public ReadGap? GapOf(string type, string? region)
    {
        foreach (var gap in _missing[type])
        {
            if (region is null || gap.Region == region || gap.Region == ResourceRegion.Global)
            {
                return gap;
            }
        }

        return NotHarvested(type);
    }

    /// <summary>The gaps that hide a type's list, one a Region.</summary>
    public IEnumerable<ReadGap> ListGaps(string type) =>
        _catalog.ServiceOf(type) is { } service && _snapshot.WhyUnread(service) is not null
            ? [NotHarvested(type)!]
            : _missing[type].GroupBy(gap => gap.Region, StringComparer.Ordinal).Select(group => group.First());

    /// <summary>A gap in place of a type whose service was not harvested; null where it was.</summary>
    private ReadGap? NotHarvested(string type) =>
        _catalog.ServiceOf(type) is not { } service || _snapshot.WasHarvested(service) ? null : new()
        {
            Service = service,
            ResourceType = type,
            Region = ResourceRegion.Global,
            Operation = service,
            Reason = GapReason.Failed,
            Code = NotHarvestedCode,
            Message = _snapshot.WhyUnread(service) is { } failure ? $"{service} was not read in this harvest: {failure.TrimEnd('.')}" : $"The harvest left {service} out",
        };

    private void Add(Resource resource, ILookup<string, Tally> tallies)
    {
        if (_kept.TryGetValue(resource.Type, out var kept))
        {
            kept.Add(resource);
        }

        foreach (var digest in _digests.Values)
        {
            digest.Add(resource);
        }

        foreach (var tally in tallies[resource.Type])
        {
            tally.Add(new Subject(resource, this));
        }
    }
}
