using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Asks security groups, each of which can only add to what the others admit, and which let every answer out.</summary>
internal sealed class GroupJudge(NetworkModel model, Origin origin)
{
    private static readonly AddressSet[] Everyone = [AddressSet.All(AddressFamily.Ipv4), AddressSet.All(AddressFamily.Ipv6)];
    private readonly Dictionary<(string Groups, int Protocol, AddressFamily Family), IReadOnlyList<AllowedPorts>> _stretches = [];
    private readonly Dictionary<IReadOnlyList<string>, string> _keys = [];

    /// <summary>Who is admitted, port by port; everyone where packets pass no group.</summary>
    public IReadOnlyList<AllowedPorts> Admitted(IReadOnlyList<string>? groupIds, int protocol, AddressFamily family)
    {
        var key = (KeyOf(groupIds), protocol, family);
        if (!_stretches.TryGetValue(key, out var stretches))
        {
            stretches = groupIds is null ? [new AllowedPorts(PortRange.All, Everyone[(int)family])] : Judge(groupIds, protocol, family);
            _stretches.Keep(key, stretches);
        }

        return stretches;
    }

    /// <summary>Why the groups do not admit the origin to any of some ports.</summary>
    public Blocker BlockerOf(IReadOnlyList<string> groupIds, Func<PortRange, bool> isWanted, AddressFamily family)
    {
        foreach (var id in groupIds)
        {
            if (!model.Groups.TryGetValue(id, out var group))
            {
                return new Blocker(ExposureStop.SecurityGroup, id, $"{id} was not read", IsUnknown: true);
            }

            foreach (var list in group.Inbound.Where(rule => rule.PrefixListIds.Count > 0 && isWanted(rule.Ports)).SelectMany(rule => rule.PrefixListIds))
            {
                return IsUnread(list, family)
                    ? new Blocker(ExposureStop.PrefixList, list, $"the entries of {list}, which {id} admits, were not read", IsUnknown: true)
                    : new Blocker(ExposureStop.PrefixList, list, $"{list}, which {id} admits, does not hold {origin.Name}");
            }
        }

        return new Blocker(ExposureStop.SecurityGroup, groupIds.FirstOrDefault() ?? "", $"no rule of {string.Join(", ", groupIds)} admits {origin.Name}");
    }

    private bool IsUnread(string list, AddressFamily family) =>
        !model.PrefixLists.TryGetValue(list, out var known) || (known.Ranges(family) is null && !known.IsOfAws);

    private string KeyOf(IReadOnlyList<string>? groupIds)
    {
        if (groupIds is null)
        {
            return "";
        }

        if (!_keys.TryGetValue(groupIds, out var key))
        {
            key = string.Join(" ", groupIds);
            _keys.Keep(groupIds, key);
        }

        return key;
    }

    private IReadOnlyList<AllowedPorts> Judge(IReadOnlyList<string> groupIds, int protocol, AddressFamily family)
    {
        var rules = groupIds
            .SelectMany(id => model.Groups.TryGetValue(id, out var group) ? group.Inbound.Where(rule => rule.IsAbout(protocol)).Select(rule => (id, rule)) : [])
            .Select(pair => (pair.id, Ports: pair.rule.PortsOf(protocol), Sources: SourcesOf(pair.rule, family)))
            .Where(rule => !rule.Sources.IsEmpty)
            .ToList();
        return [.. PortRange.Split(rules.Select(rule => rule.Ports)).Select(ports =>
        {
            var open = rules.Where(rule => rule.Ports.Contains(ports.First)).ToList();
            var sources = new AddressSet();
            foreach (var rule in open)
            {
                sources.Add(rule.Sources);
            }

            return new AllowedPorts(ports, sources, open.OrderByDescending(rule => origin.IsEnough(rule.Sources, family)).Select(rule => rule.id).FirstOrDefault() ?? "");
        }).Where(stretch => !stretch.Allowed.IsEmpty)];
    }

    /// <summary>The origin's addresses that a rule admits.</summary>
    private AddressSet SourcesOf(FlowRule rule, AddressFamily family)
    {
        var named = new AddressSet(rule.Ranges(family));
        foreach (var list in rule.PrefixListIds)
        {
            foreach (var range in model.PrefixLists.TryGetValue(list, out var known) ? known.Ranges(family) ?? [] : [])
            {
                named.Add(range);
            }
        }

        // Whoever comes from outside is in no group.
        if (origin.Entry != EntryKind.Gateway)
        {
            foreach (var group in rule.GroupIds)
            {
                named.Add(origin.GroupIds.Contains(group) ? origin.Addresses(family) : origin.Entry == EntryKind.Inside ? model.MembersOf(group, family) : AddressSet.None);
            }
        }

        return named.And(origin.Addresses(family));
    }
}
