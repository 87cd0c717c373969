using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Judging;

/// <summary>Asks network ACLs, which keep no state: the first rule that fits a packet decides, and the answer is a packet of its own.</summary>
internal sealed class AclJudge
{
    // Callers choose the port that they want to be answered at from these.
    private static readonly PortRange Ephemeral = new(1024, 65535);
    private readonly Dictionary<(NetworkAcl Acl, bool IsOutbound, int Protocol, AddressFamily Family), IReadOnlyList<AllowedPorts>> _stretches = [];
    private readonly Dictionary<(NetworkAcl Acl, int Protocol, AddressFamily Family), AddressSet> _answers = [];

    /// <summary>Who gets in, port by port.</summary>
    public IReadOnlyList<AllowedPorts> Inbound(NetworkAcl acl, int protocol, AddressFamily family) => Stretches(acl, isOutbound: false, protocol, family);

    /// <summary>Who can be answered at one of the ports that callers use.</summary>
    public AddressSet Answered(NetworkAcl acl, int protocol, AddressFamily family)
    {
        if (!_answers.TryGetValue((acl, protocol, family), out var answered))
        {
            answered = new AddressSet();
            foreach (var stretch in Stretches(acl, isOutbound: true, protocol, family).Where(stretch => stretch.Ports.First <= Ephemeral.Last && stretch.Ports.Last >= Ephemeral.First))
            {
                answered.Add(stretch.Allowed);
            }

            _answers.Keep((acl, protocol, family), answered);
        }

        return answered;
    }

    private IReadOnlyList<AllowedPorts> Stretches(NetworkAcl acl, bool isOutbound, int protocol, AddressFamily family)
    {
        if (!_stretches.TryGetValue((acl, isOutbound, protocol, family), out var stretches))
        {
            var rules = (isOutbound ? acl.Outbound : acl.Inbound).Where(rule => rule.IsAbout(protocol)).ToList();
            stretches =
                [.. PortRange.Split(rules.Select(rule => rule.PortsOf(protocol))).Select(ports => new AllowedPorts(ports, Allowed(rules, protocol, ports.First, family)))];
            _stretches.Keep((acl, isOutbound, protocol, family), stretches);
        }

        return stretches;
    }

    private static AddressSet Allowed(List<FlowRule> rules, int protocol, int port, AddressFamily family)
    {
        var (decided, allowed) = (new AddressSet(), new AddressSet());
        foreach (var rule in rules.Where(rule => rule.PortsOf(protocol).Contains(port)))
        {
            foreach (var range in rule.Ranges(family))
            {
                if (rule.Allows)
                {
                    allowed.Add(range, decided);
                }

                decided.Add(range);
            }
        }

        return allowed;
    }
}
