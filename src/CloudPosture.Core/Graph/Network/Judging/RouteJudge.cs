using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Follows routes: an answer takes the route of the longest prefix that fits the source.</summary>
internal sealed class RouteJudge(NetworkModel model, Origin origin)
{
    private const string InternetGateway = "igw-";
    private static readonly string[] Private = ["local", "pcx-", "tgw-", "vgw-", "lgw-", "cagw-", "arn:"];
    private readonly Dictionary<(string SubnetId, AddressFamily Family), RouteResult> _outcomes = [];

    /// <summary>What becomes of the origin's packets to a subnet, and of the answers.</summary>
    public RouteResult Of(Subnet subnet, AddressFamily family)
    {
        if (!_outcomes.TryGetValue((subnet.Id, family), out var outcome))
        {
            outcome = Judge(subnet, family);
            _outcomes.Keep((subnet.Id, family), outcome);
        }

        return outcome;
    }

    private RouteResult Judge(Subnet subnet, AddressFamily family)
    {
        var sources = origin.Addresses(family);
        if (model.TableOf(subnet) is not { } table)
        {
            return new RouteResult(sources, [], new Blocker(ExposureStop.Route, subnet.Id, $"the route table of {subnet.Id} was not read", IsUnknown: true));
        }

        var parts = Parts(table, sources, family);
        var passing = Union(parts.Where(part => Admits(part.Route, subnet, table)));
        var gateway = parts.FirstOrDefault(part => Admits(part.Route, subnet, table)).Route?.Target;
        return origin.IsEnough(passing, family)
            ? new RouteResult(passing, Steps(gateway, subnet, table, family), null)
            : new RouteResult(passing, [table.Id], Blocker(parts, subnet, table, family));
    }

    /// <summary>Splits the sources among the routes, longest prefix first.</summary>
    private List<(Route Route, AddressSet Sources)> Parts(RouteTable table, AddressSet sources, AddressFamily family)
    {
        var parts = new List<(Route Route, AddressSet Sources)>();
        var left = sources;
        foreach (var (route, range) in table.Routes.SelectMany(route => Destinations(route, family).Select(range => (route, range))).OrderBy(pair => Size(pair.range)))
        {
            if (left.IsEmpty)
            {
                break;
            }

            var own = new AddressSet([range]);
            var part = left.And(own);
            if (!part.IsEmpty)
            {
                parts.Add((route, part));
                left = left.Without(own);
            }
        }

        return parts;
    }

    private IEnumerable<AddressRange> Destinations(Route route, AddressFamily family) =>
        route.Destination(family) is { } one ? [one]
        : route.PrefixListId is { } id && model.PrefixLists.TryGetValue(id, out var list) ? list.Ranges(family) ?? []
        : [];

    private static Address Size(AddressRange range) => new(range.Last.High - range.First.High, range.Last.Low - range.First.Low);

    private bool Admits(Route route, Subnet subnet, RouteTable table)
    {
        if (!route.IsActive)
        {
            return false;
        }

        return origin.Entry == EntryKind.Gateway
            ? IsGateway(route) && model.VpcsOfGateways.TryGetValue(route.Target, out var vpc) && vpc == subnet.VpcId
            : Array.Exists(Private, prefix => route.Target.StartsWith(prefix, StringComparison.Ordinal)) && JoinsOrigin(route, table.VpcId);
    }

    /// <summary>Whether a way inside leads to the origin's VPC, where it is one: by itself or by a peering connection that both sides route to.</summary>
    private bool JoinsOrigin(Route route, string vpcId)
    {
        if (origin.VpcId is null || !route.Target.StartsWith("pcx-", StringComparison.Ordinal))
        {
            return origin.VpcId is null || (route.Target == "local") == (origin.VpcId == vpcId);
        }

        return model.Peerings.TryGetValue(route.Target, out var peering) && peering.IsActive && peering.Joins(vpcId, origin.VpcId)
            && model.Subnets.Values.Any(subnet => subnet.VpcId == origin.VpcId && model.TableOf(subnet)?.Routes.Any(there => there.IsActive && there.Target == route.Target) == true);
    }

    private static bool IsGateway(Route route) => route.Target.StartsWith(InternetGateway, StringComparison.Ordinal);

    private Blocker Blocker(List<(Route Route, AddressSet Sources)> parts, Subnet subnet, RouteTable table, AddressFamily family)
    {
        var gateway = parts.FirstOrDefault(part => part.Route.IsActive && IsGateway(part.Route)).Route?.Target;
        if (origin.Entry == EntryKind.Gateway && gateway is not null && origin.IsEnough(Union(parts.Where(part => part.Route.IsActive && IsGateway(part.Route))), family))
        {
            return model.IsMissing(NetworkTypes.InternetGateway, table.AccountId, table.Region)
                ? new Blocker(ExposureStop.InternetGateway, gateway, $"whether {gateway} is attached to {subnet.VpcId} was not read", IsUnknown: true)
                : new Blocker(ExposureStop.InternetGateway, gateway, $"{gateway} is not attached to {subnet.VpcId}");
        }

        // A list of destinations that was not read may hold the source.
        return table.Routes.FirstOrDefault(route => route.PrefixListId is { } id && IsGateway(route) && (!model.PrefixLists.TryGetValue(id, out var list) || list.Ranges(family) is null)) is { } unread
            ? new Blocker(ExposureStop.Route, table.Id, $"the entries of {unread.PrefixListId}, to which {table.Id} routes, were not read", IsUnknown: true)
            : new Blocker(ExposureStop.Route, table.Id, WhyNot(parts, table, family));
    }

    private string WhyNot(List<(Route Route, AddressSet Sources)> parts, RouteTable table, AddressFamily family)
    {
        // What the VPC keeps to itself says nothing of the others.
        var routed = parts.Where(part => part.Route.Target != "local").ToList();
        if (routed.Count == 0 || origin.IsEnough(origin.Addresses(family).Without(Union(parts)), family))
        {
            return $"{table.Id} has no route to {origin.Name}";
        }

        var route = routed[routed.Count - 1].Route;
        return route.IsActive ? $"{table.Id} sends answers to {route.Target}" : $"the route of {table.Id} to {route.Target} is a black hole";
    }

    private string[] Steps(string? gateway, Subnet subnet, RouteTable table, AddressFamily family)
    {
        var inspection = gateway is not null && model.TablesOfGateways.TryGetValue(gateway, out var edge)
            ? edge.Routes.FirstOrDefault(route => route.Target != "local" && route.IsActive && route.Destination(family) is { } range && subnet.Addresses(family).Ranges.Any(range.Overlaps))?.Target
            : null;
        return [.. new[] { gateway, inspection, table.Id }.Where(step => step is not null && step != "local").OfType<string>()];
    }

    private static AddressSet Union(IEnumerable<(Route Route, AddressSet Sources)> parts)
    {
        var union = new AddressSet();
        foreach (var (_, sources) in parts)
        {
            union.Add(sources);
        }

        return union;
    }
}
