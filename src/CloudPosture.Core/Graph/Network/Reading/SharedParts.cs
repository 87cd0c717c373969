using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>Keeps once what very many parts of networks have alike: ids that they name, routes, rules, and lists of rules.</summary>
internal sealed class SharedParts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddressSet> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FlowRule> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FlowRule[]> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<Route, Route> _routes = [];

    /// <summary>A text.</summary>
    public string One(string text)
    {
        if (!_texts.TryGetValue(text, out var known))
        {
            _texts[text] = known = text;
        }

        return known;
    }

    /// <summary>A route.</summary>
    public Route One(Route route)
    {
        if (!_routes.TryGetValue(route, out var known))
        {
            _routes[route] = known = route;
        }

        return known;
    }

    /// <summary>The addresses of some blocks; blocks of the other family are passed over.</summary>
    public AddressSet Blocks(IEnumerable<string?> cidrs, AddressFamily family)
    {
        var known = cidrs.OfType<string>().ToArray();
        if (known.Length == 0)
        {
            return AddressSet.None;
        }

        var key = $"{family} {string.Join(" ", known)}";
        if (!_blocks.TryGetValue(key, out var blocks))
        {
            _blocks[key] = blocks = new AddressSet(known.Select(cidr => AddressRange.TryParse(cidr, family, out var range) ? range : (AddressRange?)null).OfType<AddressRange>());
        }

        return blocks;
    }

    /// <summary>Rules with their networks parsed.</summary>
    public FlowRule[] Rules(IReadOnlyList<IngressRule> rules)
    {
        // What names other groups or lists is hardly ever said twice.
        if (rules.Any(rule => rule.GroupIds.Count > 0 || rule.PrefixListIds.Count > 0))
        {
            return [.. rules.Select(Rule)];
        }

        var key = string.Join(";", rules.Select(KeyOf));
        if (!_lists.TryGetValue(key, out var list))
        {
            _lists[key] = list = [.. rules.Select(Rule)];
        }

        return list;
    }

    private FlowRule Rule(IngressRule rule)
    {
        if (rule.GroupIds.Count > 0 || rule.PrefixListIds.Count > 0)
        {
            return FlowRule.Of(rule with { GroupIds = rule.GroupIds.Select(One).ToArray(), PrefixListIds = rule.PrefixListIds.Select(One).ToArray() });
        }

        var key = KeyOf(rule);
        if (!_rules.TryGetValue(key, out var known))
        {
            _rules[key] = known = FlowRule.Of(rule);
        }

        return known;
    }

    private static string KeyOf(IngressRule rule) => $"{rule.Allows} {rule.Protocol} {rule.Ports} {string.Join(" ", rule.Cidrs)}";
}
