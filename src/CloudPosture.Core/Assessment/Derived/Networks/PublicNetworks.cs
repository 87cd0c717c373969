using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>publicNetworks</c>, with <c>direction</c> (ingress, egress or any, the default), <c>family</c> (ipv4, ipv6 or any, the default), <c>shortest</c> and
/// <c>longest</c> (lengths of prefixes, 0 to 128 where left out), for AWS::EC2::SecurityGroup: the number of public networks that the rules
/// name. A network is public unless it lies in private or other special ranges. Evidence: the first of them.
/// </summary>
internal sealed class PublicNetworks : DerivedFunction
{
    private static readonly FieldReference Inbound = FieldReference.Parse("IpPermissions");
    private static readonly FieldReference Outbound = FieldReference.Parse("IpPermissionsEgress");
    private readonly FieldReference[] _lists;
    private readonly AddressFamily[] _families;
    private readonly double _shortest;
    private readonly double _longest;

    public PublicNetworks(YamlMap arguments)
    {
        _lists = arguments.Choice<FieldReference[]>("direction", [Inbound, Outbound], ("ingress", [Inbound]), ("egress", [Outbound]), ("any", [Inbound, Outbound]));
        _families = Families.Read(arguments);
        _shortest = arguments.Node("shortest") is null ? 0 : arguments.Number("shortest");
        _longest = arguments.Node("longest") is null ? 128 : arguments.Number("longest");
    }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var found = new List<string>();
        foreach (var list in _lists)
        {
            switch (list.Resolve(subject, out var permissions))
            {
                case FieldState.Unreadable:
                    return DerivedValue.Unknown(explain ? $"{list.Text} could not be read: {Conditions.Evidence.Of(list.GapOf(subject)!)}" : null);
                case FieldState.Present when permissions.IsArray:
                    found.AddRange(permissions.Json.EnumerateArray().SelectMany(Cidrs).Where(IsWanted));
                    break;
            }
        }

        return DerivedValue.Of(found.Count, !explain ? null
            : found.Count == 0 ? "no rule names such a public network"
            : $"public networks: {string.Join(", ", found.Distinct(StringComparer.Ordinal).Take(3))}");
    }

    private static IEnumerable<string> Cidrs(JsonElement permission) =>
        permission.Items("IpRanges")
            .Select(range => range.Text("CidrIp"))
            .Concat(permission.Items("Ipv6Ranges").Select(range => range.Text("CidrIpv6"))).OfType<string>();

    private bool IsWanted(string cidr) => PublicRange.Of(cidr) is { } range
        && Array.IndexOf(_families, range.Family) >= 0 && range.PrefixLength >= _shortest && range.PrefixLength <= _longest;
}
