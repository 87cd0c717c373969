using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Finds what an origin can reach of a network: each port of each endpoint, and what stands behind load balancers.</summary>
internal sealed class Exposures
{
    private readonly NetworkModel _model;
    private readonly Origin _origin;
    private readonly PacketJudge _judge;
    private readonly BalancedTargets _targets;

    public Exposures(NetworkModel model, Origin origin)
    {
        _model = model;
        _origin = origin;
        var acls = new AclJudge();
        _judge = new PacketJudge(model, origin, acls);
        _targets = new BalancedTargets(model, origin, _judge, acls);
    }

    /// <summary>The network.</summary>
    public NetworkModel Model => _model;

    /// <summary>The origin.</summary>
    public Origin Origin => _origin;

    /// <summary>All of them, computed as they are asked for.</summary>
    public IEnumerable<PostureExposure> All() => _model.Endpoints.SelectMany(Of).Concat(_targets.All());

    /// <summary>Those of an endpoint itself.</summary>
    public IEnumerable<PostureExposure> Of(NetworkEndpoint endpoint) =>
        Families(endpoint).SelectMany(family => _judge.OutcomesOf(endpoint, family).Select(outcome => ExposureLine.Of(endpoint, family, outcome, _origin.Name)));

    private IEnumerable<AddressFamily> Families(NetworkEndpoint endpoint)
    {
        if (!_origin.Ipv4.IsEmpty)
        {
            yield return AddressFamily.Ipv4;
        }

        if (endpoint.HasIpv6 && !_origin.Ipv6.IsEmpty)
        {
            yield return AddressFamily.Ipv6;
        }
    }
}
