using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Follows packets of an origin to endpoints, and the answers back.</summary>
internal sealed class PacketJudge
{
    private const int AnyProtocol = -1;
    private static readonly int[] Protocols = [IngressRules.Tcp, IngressRules.Udp];
    private readonly NetworkModel _model;
    private readonly Origin _origin;
    private readonly RouteJudge _routes;
    private readonly AclJudge _acls;
    private readonly GroupJudge _groups;
    private readonly Dictionary<(string SubnetId, IReadOnlyList<string>? Groups, bool? IsPublic, string? Silence, AddressFamily Family), IReadOnlyList<PortReachability>> _outcomes = [];

    public PacketJudge(NetworkModel model, Origin origin, AclJudge? acls = null)
    {
        _model = model;
        _origin = origin;
        _routes = new RouteJudge(model, origin);
        _acls = acls ?? new AclJudge();
        _groups = new GroupJudge(model, origin);
    }

    /// <summary>What becomes of packets to each port of an endpoint, in stretches of ports that fare alike; ports that no group opens are told only where all are closed.</summary>
    public IReadOnlyList<PortReachability> OutcomesOf(NetworkEndpoint endpoint, AddressFamily family)
    {
        if (endpoint.Listeners is { } listeners)
        {
            return [.. listeners.Select(listener => Judge(endpoint, family, listener))];
        }

        var key = (endpoint.SubnetId, endpoint.GroupIds, endpoint.IsPublic, endpoint.Silence, family);
        if (!_outcomes.TryGetValue(key, out var outcomes))
        {
            outcomes = JudgeAll(endpoint, family);
            _outcomes.Keep(key, outcomes);
        }

        return outcomes;
    }

    private IReadOnlyList<PortReachability> JudgeAll(NetworkEndpoint endpoint, AddressFamily family)
    {
        var way = WayTo(endpoint, family);
        var outcomes = new List<PortReachability>();
        foreach (var protocol in Protocols)
        {
            var inbound = Inbound(way.Acl, protocol, family);
            foreach (var open in _groups.Admitted(endpoint.GroupIds, protocol, family).Where(stretch => _origin.IsEnough(stretch.Allowed, family)))
            {
                foreach (var gate in inbound.Where(gate => gate.Ports.Overlaps(open.Ports)))
                {
                    Add(outcomes, Judge(way, protocol, gate.Ports.And(open.Ports), open, gate.Allowed, family));
                }
            }
        }

        return outcomes.Count > 0 ? outcomes : [Closed(endpoint, way, family)];
    }

    private PortReachability Judge(NetworkEndpoint endpoint, AddressFamily family, Listener listener)
    {
        var way = WayTo(endpoint, family);
        var gate = Inbound(way.Acl, listener.Protocol, family).FirstOrDefault(stretch => stretch.Ports.Contains(listener.Port))?.Allowed ?? AddressSet.None;
        var open = _groups.Admitted(endpoint.GroupIds, listener.Protocol, family).FirstOrDefault(stretch => stretch.Ports.Contains(listener.Port));
        var port = new PortRange(listener.Port, listener.Port);
        return open is not null && _origin.IsEnough(open.Allowed, family)
            ? Judge(way, listener.Protocol, port, open, gate, family)
            : Closed(way, listener.Protocol, port, gate, _groups.BlockerOf(endpoint.GroupIds ?? [], ports => ports.Contains(listener.Port), family), family);
    }

    private PortReachability Judge(Way way, int protocol, PortRange ports, AllowedPorts open, AddressSet gate, AddressFamily family)
    {
        var answered = Answered(way.Acl, protocol, family);
        var blockers = way.Blockers.Concat(AclBlockers(way, gate, answered, family)).ToList();
        var through = Through(way, open.Allowed, gate, answered, blockers, family);
        if (blockers.Count < 2 && !_origin.IsEnough(through, family))
        {
            blockers.Add(new Blocker(ExposureStop.Combination, open.By, $"what {way.Acl?.Id ?? "the network ACL"} and the routes let through, {open.By} does not admit"));
        }

        string[] steps = open.By.Length > 0 ? [.. way.Steps, open.By] : [.. way.Steps];
        return new PortReachability(protocol, ports, InOrder(blockers), blockers.Count == 0 ? through : AddressSet.None, steps);
    }

    private PortReachability Closed(NetworkEndpoint endpoint, Way way, AddressFamily family)
    {
        var gate = new AddressSet();
        foreach (var stretch in Protocols.SelectMany(protocol => Inbound(way.Acl, protocol, family)))
        {
            gate.Add(stretch.Allowed);
        }

        return Closed(way, AnyProtocol, PortRange.All, gate, _groups.BlockerOf(endpoint.GroupIds ?? [], _ => true, family), family);
    }

    private PortReachability Closed(Way way, int protocol, PortRange ports, AddressSet gate, Blocker group, AddressFamily family)
    {
        var answered = Answered(way.Acl, protocol == AnyProtocol ? IngressRules.Tcp : protocol, family);
        var blockers = way.Blockers.Append(group).Concat(AclBlockers(way, gate, answered, family)).ToList();
        if (blockers.Count == 1 && !_origin.IsEnough(Through(way, _origin.Addresses(family), gate, answered, blockers, family), family))
        {
            blockers.Add(new Blocker(ExposureStop.Combination, way.Acl?.Id ?? "", "what the routes let through, the network ACL refuses"));
        }

        return new PortReachability(protocol, ports, InOrder(blockers), AddressSet.None, way.Steps);
    }

    /// <summary>The sources that get through all that is no blocker by itself.</summary>
    private AddressSet Through(Way way, AddressSet admitted, AddressSet gate, AddressSet answered, List<Blocker> blockers, AddressFamily family)
    {
        var through = admitted.And(_origin.Addresses(family));
        foreach (var (kind, passing) in new[] { (ExposureStop.Route, way.Passing), (ExposureStop.NetworkAclIn, gate), (ExposureStop.NetworkAclOut, answered) })
        {
            if (!blockers.Exists(blocker => blocker.Kind == kind || (kind == ExposureStop.Route && blocker.Kind == ExposureStop.InternetGateway)))
            {
                through = through.And(Local(way, passing, family));
            }
        }

        return through;
    }

    private IEnumerable<Blocker> AclBlockers(Way way, AddressSet gate, AddressSet answered, AddressFamily family)
    {
        if (way.Acl is not { } acl)
        {
            yield break;
        }

        if (!_origin.IsEnough(Local(way, gate, family).And(_origin.Addresses(family)), family))
        {
            yield return new Blocker(ExposureStop.NetworkAclIn, acl.Id, $"{acl.Id} refuses packets from {_origin.Name}");
        }

        if (!_origin.IsEnough(Local(way, answered, family).And(_origin.Addresses(family)), family))
        {
            yield return new Blocker(ExposureStop.NetworkAclOut, acl.Id, $"{acl.Id} refuses the answers to {_origin.Name}, at ports 1024-65535");
        }
    }

    private static IReadOnlyList<Blocker> InOrder(List<Blocker> blockers) => [.. blockers.OrderBy(blocker => blocker.Kind)];

    // Within a subnet nobody asks the network ACL.
    private AddressSet Local(Way way, AddressSet allowed, AddressFamily family)
    {
        var more = _origin.IsInternet ? _origin.Unused(family) : _origin.Entry == EntryKind.Gateway || way.Subnet is null ? AddressSet.None : way.Subnet.Addresses(family);
        if (more.IsEmpty)
        {
            return allowed;
        }

        var both = new AddressSet(allowed.Ranges);
        both.Add(more);
        return both;
    }

    private IReadOnlyList<AllowedPorts> Inbound(NetworkAcl? acl, int protocol, AddressFamily family) =>
        acl is null ? [new AllowedPorts(PortRange.All, AddressSet.All(family))] : _acls.Inbound(acl, protocol, family);

    private AddressSet Answered(NetworkAcl? acl, int protocol, AddressFamily family) => acl is null ? AddressSet.All(family) : _acls.Answered(acl, protocol, family);

    private Way WayTo(NetworkEndpoint endpoint, AddressFamily family)
    {
        var blockers = new List<Blocker>();
        if (endpoint.Silence is { } silence)
        {
            blockers.Add(new Blocker(ExposureStop.Listener, endpoint.ResourceId, silence));
        }

        if (_origin.Entry == EntryKind.Gateway && family == AddressFamily.Ipv4 && endpoint.IsPublic != true)
        {
            var why = endpoint.IsPublic is null ? "whether it has a public address was not read" : "it has no public address";
            blockers.Add(new Blocker(ExposureStop.PublicAddress, endpoint.InterfaceId ?? endpoint.ResourceId, why, IsUnknown: endpoint.IsPublic is null));
        }

        if (!_model.Subnets.TryGetValue(endpoint.SubnetId, out var subnet))
        {
            blockers.Add(new Blocker(ExposureStop.Route, endpoint.SubnetId, $"the subnet {endpoint.SubnetId} was not read", IsUnknown: true));
            return new Way(null, null, _origin.Addresses(family), blockers, []);
        }

        var routes = _origin.Entry == EntryKind.Balancer ? new RouteResult(_origin.Addresses(family), [], null) : _routes.Of(subnet, family);
        blockers.AddRange(new[] { routes.Blocker, BlockOf(subnet) }.OfType<Blocker>());
        if (!_model.AclsOfSubnets.TryGetValue(subnet.Id, out var acl))
        {
            blockers.Add(new Blocker(ExposureStop.NetworkAclIn, subnet.Id, $"the network ACL of {subnet.Id} was not read", IsUnknown: true));
        }

        return new Way(subnet, acl, routes.Passing, blockers, [.. routes.Steps, .. acl is null ? [] : new[] { acl.Id }]);
    }

    private Blocker? BlockOf(Subnet subnet) => _origin.Entry != EntryKind.Gateway ? null : _model.PublicAccessOf(subnet) switch
    {
        PublicAccessMode.Open => null,
        PublicAccessMode.Unknown => new Blocker(ExposureStop.BlockPublicAccess, subnet.VpcId, $"VPC Block Public Access of {subnet.Region} was not read", IsUnknown: true),
        _ => new Blocker(ExposureStop.BlockPublicAccess, subnet.VpcId, $"VPC Block Public Access of {subnet.Region} lets nothing into {subnet.VpcId}"),
    };

    private static void Add(List<PortReachability> outcomes, PortReachability outcome)
    {
        if (outcomes.Count > 0 && outcome.Continues(outcomes[outcomes.Count - 1]))
        {
            outcomes[outcomes.Count - 1] = outcomes[outcomes.Count - 1] with { Ports = new PortRange(outcomes[outcomes.Count - 1].Ports.First, outcome.Ports.Last) };
        }
        else
        {
            outcomes.Add(outcome);
        }
    }

    /// <summary>What all ports of an endpoint have in common.</summary>
    private sealed record Way(Subnet? Subnet, NetworkAcl? Acl, AddressSet Passing, IReadOnlyList<Blocker> Blockers, IReadOnlyList<string> Steps);
}
