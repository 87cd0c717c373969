using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Finds the ports that the Internet can reach through ordered inbound rules, of which the first that fits a packet decides.</summary>
internal static class Ingress
{
    /// <summary>The first wanted protocol and port that is open; null where none is.</summary>
    public static OpenPort? FirstOpen(IReadOnlyList<IngressRule> rules, AddressFamily family, IReadOnlyList<int> protocols, IReadOnlyList<PortRange> wanted)
    {
        if (rules.All(rule => !rule.Allows))
        {
            return null;
        }

        foreach (var port in Stretches(rules, wanted))
        {
            foreach (var protocol in protocols)
            {
                if (IsOpen(rules, family, protocol, port))
                {
                    return new OpenPort(protocol, port, CidrsOf(rules, family, protocol, port));
                }
            }
        }

        return null;
    }

    /// <summary>The first wanted port of the first protocol by which each of them is open; null where there is none such.</summary>
    public static OpenPort? AllOpen(IReadOnlyList<IngressRule> rules, AddressFamily family, IReadOnlyList<int> protocols, IReadOnlyList<PortRange> wanted)
    {
        foreach (var protocol in protocols)
        {
            if (rules.Any(rule => rule.Allows) && Stretches(rules, wanted).All(port => IsOpen(rules, family, protocol, port)))
            {
                var first = wanted[0].First;
                return new OpenPort(protocol, first, CidrsOf(rules, family, protocol, first));
            }
        }

        return null;
    }

    /// <summary>Between two ends of ranges every port fares alike, so the first of each stretch stands for it.</summary>
    private static IEnumerable<int> Stretches(IReadOnlyList<IngressRule> rules, IReadOnlyList<PortRange> wanted) => wanted
        .Select(ports => ports.First)
        .Concat(rules.SelectMany(rule => new[] { rule.Ports.First, rule.Ports.Last + 1 }))
        .Where(port => wanted.Any(ports => ports.Contains(port)))
        .Distinct()
        .OrderBy(port => port);

    private static bool IsOpen(IReadOnlyList<IngressRule> rules, AddressFamily family, int protocol, int port)
    {
        var (decided, allowed) = (new AddressSet(), new AddressSet());
        foreach (var rule in rules)
        {
            if (!rule.IsAbout(protocol, port))
            {
                continue;
            }

            foreach (var cidr in rule.Cidrs)
            {
                if (AddressRange.TryParse(cidr, family, out var range))
                {
                    if (rule.Allows)
                    {
                        allowed.Add(range, decided);
                    }

                    decided.Add(range);
                }
            }
        }

        return allowed.IsInternet(family);
    }

    private static string CidrsOf(IReadOnlyList<IngressRule> rules, AddressFamily family, int protocol, int port) => string.Join(", ", rules
        .Where(rule => rule.Allows && rule.IsAbout(protocol, port))
        .SelectMany(rule => rule.Cidrs)
        .Where(cidr => AddressRange.TryParse(cidr, family, out _))
        .Distinct());
}
