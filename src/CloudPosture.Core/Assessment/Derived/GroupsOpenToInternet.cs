using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>groupsOpenToInternet</c>, with <c>groups</c>: the path of security group ids, and <c>port</c>: the path of the port that
/// matters (every port where left out or absent). True where one of the groups lets the Internet reach it by TCP.
/// Evidence: the group and the sources. Source: AWS::EC2::SecurityGroup.
/// </summary>
internal sealed class GroupsOpenToInternet(YamlMap arguments) : DerivedFunction
{
    private const string Group = "AWS::EC2::SecurityGroup";
    private static readonly AddressFamily[] BothFamilies = [AddressFamily.Ipv4, AddressFamily.Ipv6];
    private readonly RegionalIndex _byId = new(Group);
    private readonly Values _groups = Values.Required(arguments, "groups");
    private readonly Values? _port = Values.Read(arguments, "port");

    public override IReadOnlyList<string> Types => [Group];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var unknown = _groups.WhyUnknown(subject) ?? _port?.WhyUnknown(subject);
        if (unknown is not null)
        {
            return DerivedValue.Unknown(unknown);
        }

        var ports = PortsOf(subject);
        foreach (var id in _groups.Of(subject))
        {
            if (_byId.Find(subject, id) is not { } group || IngressRules.Read(group.Configuration) is not { } rules)
            {
                unknown ??= subject.Account.WhyMissing(Group, subject.Resource.Region) ?? $"{id} could not be read";
            }
            else if (BothFamilies.Select(family => Ingress.FirstOpen(rules, family, [IngressRules.Tcp], ports)).FirstOrDefault(open => open is not null) is { } open)
            {
                return DerivedValue.Of(true, explain ? $"{id}: {open}" : null);
            }
        }

        return unknown is null ? DerivedValue.Of(false, explain ? "no security group lets the Internet in" : null) : DerivedValue.Unknown(unknown);
    }

    private PortRange[] PortsOf(in Subject subject) =>
        _port?.Of(subject) is { Count: > 0 } found && int.TryParse(found[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? [new PortRange(port, port)]
            : [PortRange.All];
}
