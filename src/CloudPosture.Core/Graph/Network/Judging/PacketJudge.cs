using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Follows packets of an origin to doors, and the answers back.</summary>
internal sealed class PacketJudge
{
    private const int AnyProtocol = -1;
    private static readonly int[] Protocols = [IngressRules.Tcp, IngressRules.Udp];
    private readonly NetworkModel _model;
    private readonly Origin _origin;
    private readonly RouteJudge _routes;
    private readonly AclJudge _acls;
    private readonly GroupJudge _groups;
    private readonly Dictionary<(string SubnetId, IReadOnlyList<string>? Groups, bool? IsPublic, string? Silence, AddressFamily Family), IReadOnlyList<PortFate>> _fates = [];

    public PacketJudge(NetworkModel model, Origin origin, AclJudge? acls = null)
    {
        _model = model;
        _origin = origin;
        _routes = new RouteJudge(model, origin);
        _acls = acls ?? new AclJudge();
        _groups = new GroupJudge(model, origin);
    }

    /// <summary>What becomes of packets to each port of a door, in stretches of ports that fare alike; ports that no group opens are told only where all are closed.</summary>
    public IReadOnlyList<PortFate> FatesOf(Door door, AddressFamily family)
    {
        if (door.Listeners is { } listeners)
        {
            return [.. listeners.Select(listener => Judge(door, family, listener))];
        }

        var key = (door.SubnetId, door.GroupIds, door.IsPublic, door.Silence, family);
        if (!_fates.TryGetValue(key, out var fates))
        {
            fates = JudgeAll(door, family);
            _fates.Keep(key, fates);
        }

        return fates;
    }

    private IReadOnlyList<PortFate> JudgeAll(Door door, AddressFamily family)
    {
        var way = WayTo(door, family);
        var fates = new List<PortFate>();
        foreach (var protocol in Protocols)
        {
            var inbound = Inbound(way.Acl, protocol, family);
            foreach (var open in _groups.Admitted(door.GroupIds, protocol, family).Where(stretch => _origin.IsEnough(stretch.Allowed, family)))
            {
                foreach (var gate in inbound.Where(gate => gate.Ports.Overlaps(open.Ports)))
                {
                    Add(fates, Judge(way, protocol, gate.Ports.And(open.Ports), open, gate.Allowed, family));
                }
            }
        }

        return fates.Count > 0 ? fates : [Closed(door, way, family)];
    }

    private PortFate Judge(Door door, AddressFamily family, Listener listener)
    {
        var way = WayTo(door, family);
        var gate = Inbound(way.Acl, listener.Protocol, family).FirstOrDefault(stretch => stretch.Ports.Contains(listener.Port))?.Allowed ?? AddressSet.None;
        var open = _groups.Admitted(door.GroupIds, listener.Protocol, family).FirstOrDefault(stretch => stretch.Ports.Contains(listener.Port));
        var port = new PortRange(listener.Port, listener.Port);
        return open is not null && _origin.IsEnough(open.Allowed, family)
            ? Judge(way, listener.Protocol, port, open, gate, family)
            : Closed(way, listener.Protocol, port, gate, _groups.HurdleOf(door.GroupIds ?? [], ports => ports.Contains(listener.Port), family), family);
    }

    private PortFate Judge(Way way, int protocol, PortRange ports, PortStretch open, AddressSet gate, AddressFamily family)
    {
        var answered = Answered(way.Acl, protocol, family);
        var hurdles = way.Hurdles.Concat(AclHurdles(way, gate, answered, family)).ToList();
        var through = Through(way, open.Allowed, gate, answered, hurdles, family);
        if (hurdles.Count < 2 && !_origin.IsEnough(through, family))
        {
            hurdles.Add(new Hurdle(ExposureStop.Combination, open.By, $"what {way.Acl?.Id ?? "the network ACL"} and the routes let through, {open.By} does not admit"));
        }

        return new PortFate(protocol, ports, InOrder(hurdles), hurdles.Count == 0 ? through : AddressSet.None, [.. way.Steps, .. open.By.Length > 0 ? [open.By] : new string[0]]);
    }

    private PortFate Closed(Door door, Way way, AddressFamily family)
    {
        var gate = new AddressSet();
        foreach (var stretch in Protocols.SelectMany(protocol => Inbound(way.Acl, protocol, family)))
        {
            gate.Add(stretch.Allowed);
        }

        return Closed(way, AnyProtocol, PortRange.All, gate, _groups.HurdleOf(door.GroupIds ?? [], _ => true, family), family);
    }

    private PortFate Closed(Way way, int protocol, PortRange ports, AddressSet gate, Hurdle group, AddressFamily family)
    {
        var answered = Answered(way.Acl, protocol == AnyProtocol ? IngressRules.Tcp : protocol, family);
        var hurdles = way.Hurdles.Append(group).Concat(AclHurdles(way, gate, answered, family)).ToList();
        if (hurdles.Count == 1 && !_origin.IsEnough(Through(way, _origin.Addresses(family), gate, answered, hurdles, family), family))
        {
            hurdles.Add(new Hurdle(ExposureStop.Combination, way.Acl?.Id ?? "", "what the routes let through, the network ACL refuses"));
        }

        return new PortFate(protocol, ports, InOrder(hurdles), AddressSet.None, way.Steps);
    }

    /// <summary>The sources that get through all that is no hurdle by itself.</summary>
    private AddressSet Through(Way way, AddressSet admitted, AddressSet gate, AddressSet answered, List<Hurdle> hurdles, AddressFamily family)
    {
        var through = admitted.And(_origin.Addresses(family));
        foreach (var (kind, passing) in new[] { (ExposureStop.Route, way.Passing), (ExposureStop.NetworkAclIn, gate), (ExposureStop.NetworkAclOut, answered) })
        {
            if (!hurdles.Exists(hurdle => hurdle.Kind == kind || (kind == ExposureStop.Route && hurdle.Kind == ExposureStop.InternetGateway)))
            {
                through = through.And(Local(way, passing, family));
            }
        }

        return through;
    }

    private IEnumerable<Hurdle> AclHurdles(Way way, AddressSet gate, AddressSet answered, AddressFamily family)
    {
        if (way.Acl is not { } acl)
        {
            yield break;
        }

        if (!_origin.IsEnough(Local(way, gate, family).And(_origin.Addresses(family)), family))
        {
            yield return new Hurdle(ExposureStop.NetworkAclIn, acl.Id, $"{acl.Id} refuses packets from {_origin.Name}");
        }

        if (!_origin.IsEnough(Local(way, answered, family).And(_origin.Addresses(family)), family))
        {
            yield return new Hurdle(ExposureStop.NetworkAclOut, acl.Id, $"{acl.Id} refuses the answers to {_origin.Name}, at ports 1024-65535");
        }
    }

    private static IReadOnlyList<Hurdle> InOrder(List<Hurdle> hurdles) => [.. hurdles.OrderBy(hurdle => hurdle.Kind)];

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

    private IReadOnlyList<PortStretch> Inbound(NetworkAcl? acl, int protocol, AddressFamily family) =>
        acl is null ? [new PortStretch(PortRange.All, AddressSet.All(family))] : _acls.Inbound(acl, protocol, family);

    private AddressSet Answered(NetworkAcl? acl, int protocol, AddressFamily family) => acl is null ? AddressSet.All(family) : _acls.Answered(acl, protocol, family);

    private Way WayTo(Door door, AddressFamily family)
    {
        var hurdles = new List<Hurdle>();
        if (door.Silence is { } silence)
        {
            hurdles.Add(new Hurdle(ExposureStop.Listener, door.ResourceId, silence));
        }

        if (_origin.Entry == EntryKind.Gateway && family == AddressFamily.Ipv4 && door.IsPublic != true)
        {
            hurdles.Add(new Hurdle(ExposureStop.PublicAddress, door.InterfaceId ?? door.ResourceId, door.IsPublic is null ? "whether it has a public address was not read" : "it has no public address", door.IsPublic is null));
        }

        if (!_model.Subnets.TryGetValue(door.SubnetId, out var subnet))
        {
            hurdles.Add(new Hurdle(ExposureStop.Route, door.SubnetId, $"the subnet {door.SubnetId} was not read", IsUnknown: true));
            return new Way(null, null, _origin.Addresses(family), hurdles, []);
        }

        var routes = _origin.Entry == EntryKind.Balancer ? new RouteFate(_origin.Addresses(family), [], null) : _routes.Of(subnet, family);
        hurdles.AddRange(new[] { routes.Hurdle, BlockOf(subnet) }.OfType<Hurdle>());
        if (!_model.AclsOfSubnets.TryGetValue(subnet.Id, out var acl))
        {
            hurdles.Add(new Hurdle(ExposureStop.NetworkAclIn, subnet.Id, $"the network ACL of {subnet.Id} was not read", IsUnknown: true));
        }

        return new Way(subnet, acl, routes.Passing, hurdles, [.. routes.Steps, .. acl is null ? [] : new[] { acl.Id }]);
    }

    private Hurdle? BlockOf(Subnet subnet) => _origin.Entry != EntryKind.Gateway ? null : _model.PublicAccessOf(subnet) switch
    {
        PublicAccessMode.Open => null,
        PublicAccessMode.Unknown => new Hurdle(ExposureStop.BlockPublicAccess, subnet.VpcId, $"VPC Block Public Access of {subnet.Region} was not read", IsUnknown: true),
        _ => new Hurdle(ExposureStop.BlockPublicAccess, subnet.VpcId, $"VPC Block Public Access of {subnet.Region} lets nothing into {subnet.VpcId}"),
    };

    private static void Add(List<PortFate> fates, PortFate fate)
    {
        if (fates.Count > 0 && fate.Continues(fates[fates.Count - 1]))
        {
            fates[fates.Count - 1] = fates[fates.Count - 1] with { Ports = new PortRange(fates[fates.Count - 1].Ports.First, fate.Ports.Last) };
        }
        else
        {
            fates.Add(fate);
        }
    }

    /// <summary>What all ports of a door have in common.</summary>
    private sealed record Way(Subnet? Subnet, NetworkAcl? Acl, AddressSet Passing, IReadOnlyList<Hurdle> Hurdles, IReadOnlyList<string> Steps);
}
