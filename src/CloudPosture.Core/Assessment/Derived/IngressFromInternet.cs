using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Network;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>ingressFromInternet</c>, with <c>family</c> (ipv4, ipv6 or any, the default), <c>ports</c> (numbers or ranges such as 20-21; all where left out) and
/// <c>protocols</c> (tcp and udp where left out): true where a security group or a network ACL lets the Internet reach one of the
/// ports. Rule numbers, denials, "all protocols", missing port ranges and networks split over several rules are all followed; the
/// contents of prefix lists are not. Evidence: the first open port and the sources.
/// </summary>
internal sealed class IngressFromInternet : DerivedFunction
{
    private readonly AddressFamily[] _families;
    private readonly PortRange[] _ports;
    private readonly int[] _protocols;

    public IngressFromInternet(YamlMap arguments)
    {
        _families = arguments.Choice<AddressFamily[]>(
            "family",
            [AddressFamily.Ipv4, AddressFamily.Ipv6],
            ("ipv4", [AddressFamily.Ipv4]),
            ("ipv6", [AddressFamily.Ipv6]),
            ("any", [AddressFamily.Ipv4, AddressFamily.Ipv6]));
        try
        {
            _ports = [.. arguments.Texts("ports").Select(PortRange.Parse)];
            _protocols = [.. arguments.Texts("protocols").Select(name => IngressRules.ProtocolOf(name) ?? throw new FormatException($"'{name}' is no protocol; tcp, udp, icmp, icmpv6 and numbers are."))];
        }
        catch (FormatException problem)
        {
            throw arguments.Error(problem.Message);
        }

        _ports = _ports.Length > 0 ? _ports : [PortRange.All];
        _protocols = _protocols.Length > 0 ? _protocols : [IngressRules.Tcp, IngressRules.Udp];
    }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (IngressRules.Read(subject.Root) is not { } rules)
        {
            return DerivedValue.Unknown(explain ? "this is neither a security group nor a network ACL" : null);
        }

        foreach (var family in _families)
        {
            if (Ingress.FirstOpen(rules, family, _protocols, _ports) is { } open)
            {
                return DerivedValue.Of(true, explain ? open.ToString() : null);
            }
        }

        return DerivedValue.Of(false, explain ? "no rule opens these ports to the Internet" : null);
    }
}
