using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>ingressFromInternet</c>, with <c>family</c> (ipv4, ipv6 or any, the default), <c>ports</c> (numbers or ranges such as 20-21; all where left out), <c>except</c> (ports that may be open) and
/// <c>protocols</c> (tcp and udp where left out): true where a security group or a network ACL lets the Internet reach one of the
/// ports; with <c>every</c>, where each of them is open by one of the protocols. Rule numbers, denials, "all protocols", missing port
/// ranges, networks split over several rules and the entries of managed prefix lists (AWS::EC2::PrefixList) are all followed; unknown
/// where a list that would decide was not read. Evidence: the first open port and the sources.
/// </summary>
internal sealed class IngressFromInternet : DerivedFunction
{
    private readonly AddressFamily[] _families;
    private readonly PortRange[] _ports;
    private readonly int[] _protocols;
    private readonly bool _every;

    public IngressFromInternet(YamlMap arguments)
    {
        _families = Families.Read(arguments);
        _every = arguments.Flag("every");
        try
        {
            _ports = [.. PortRange.Without(Ports(arguments, "ports", PortRange.All), Ports(arguments, "except"))];
            _protocols = [.. arguments.Texts("protocols").Select(name => IngressRules.ProtocolOf(name) ?? throw new FormatException($"'{name}' is no protocol; tcp, udp, icmp, icmpv6 and numbers are."))];
        }
        catch (FormatException problem)
        {
            throw arguments.Error(problem.Message);
        }

        _protocols = _protocols.Length > 0 ? _protocols : [IngressRules.Tcp, IngressRules.Udp];
    }

    public override IReadOnlyList<string> Types => [PrefixLists.Type];

    private static PortRange[] Ports(YamlMap arguments, string key, params PortRange[] absent) =>
        arguments.Texts(key) is { Count: > 0 } texts ? [.. texts.Select(PortRange.Parse)] : absent;

    public override DerivedValue Evaluate(in Subject subject, bool explain) => Evaluate(subject, _ports, explain);

    /// <summary>Asks of other ports than those of the arguments.</summary>
    public DerivedValue Evaluate(in Subject subject, PortRange[] ports, bool explain)
    {
        if (IngressRules.Read(subject.Root) is not { } rules)
        {
            return DerivedValue.Unknown(explain ? "this is neither a security group nor a network ACL" : null);
        }

        var (known, unread) = WithLists(rules, subject);
        if (Open(known, ports) is { } open)
        {
            return DerivedValue.Of(true, explain ? open.ToString() : null);
        }

        // An unread list matters only if it could hold everything.
        return unread is not null && Open(Widest(known), ports) is not null
            ? DerivedValue.Unknown(explain ? $"the entries of prefix list {unread} were not read" : null)
            : DerivedValue.Of(false, explain ? "no rule opens these ports to the Internet" : null);
    }

    private static IReadOnlyList<IngressRule> Widest(IReadOnlyList<IngressRule> rules) =>
        [.. rules.Select(rule => rule.PrefixListIds.Count == 0 ? rule : rule with { Cidrs = [.. rule.Cidrs, "0.0.0.0/0", "::/0"] })];

    // Puts the entries of the lists that were read in their place, and names one that was not.
    private static (IReadOnlyList<IngressRule> Rules, string? Unread) WithLists(IReadOnlyList<IngressRule> rules, in Subject subject)
    {
        string? unread = null;
        var resolved = new List<IngressRule>(rules.Count);
        foreach (var rule in rules)
        {
            var (cidrs, left) = (new List<string>(rule.Cidrs), new List<string>());
            foreach (var id in rule.PrefixListIds)
            {
                if (PrefixLists.CidrsOf(id, subject) is { } entries)
                {
                    cidrs.AddRange(entries);
                }
                else
                {
                    left.Add(unread = id);
                }
            }

            resolved.Add(rule with { Cidrs = cidrs, PrefixListIds = left });
        }

        return (resolved, unread);
    }

    private OpenPort? Open(IReadOnlyList<IngressRule> rules, PortRange[] ports) => _families
        .Select(family => _every ? Ingress.AllOpen(rules, family, _protocols, ports) : Ingress.FirstOpen(rules, family, _protocols, ports))
        .FirstOrDefault(open => open is not null);
}
