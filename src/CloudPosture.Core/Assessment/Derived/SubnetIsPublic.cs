using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>subnetIsPublic</c>, with <c>family</c> (ipv4, ipv6 or any, the default), for what names a SubnetId and a VpcId: true where the
/// route table of the subnet, or else the main one of its VPC, sends all addresses of the family to an Internet gateway.
/// An egress-only Internet gateway lets nothing in. Evidence: the route table and the route.
/// </summary>
internal sealed class SubnetIsPublic : DerivedFunction
{
    private const string RouteTable = "AWS::EC2::RouteTable";
    private const string InternetGateway = "igw-";
    private static readonly (string Member, string Everywhere) Ipv4 = ("DestinationCidrBlock", "0.0.0.0/0");
    private static readonly (string Member, string Everywhere) Ipv6 = ("DestinationIpv6CidrBlock", "::/0");
    private readonly (string Member, string Everywhere)[] _defaults;

    public SubnetIsPublic(YamlMap arguments) =>
        _defaults = arguments.Choice<(string, string)[]>("family", [Ipv4, Ipv6], ("ipv4", [Ipv4]), ("ipv6", [Ipv6]), ("any", [Ipv4, Ipv6]));

    /// <summary>Asks about all addresses of either family.</summary>
    public SubnetIsPublic() => _defaults = [Ipv4, Ipv6];

    public override IReadOnlyList<string> Types => [RouteTable];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (subject.Root.Text("SubnetId") is not { } subnet)
        {
            return DerivedValue.Absent(explain ? "there is no subnet" : null);
        }

        if (TableOf(subject, subnet) is not { } table)
        {
            return DerivedValue.Unknown(explain ? $"the route table of {subnet} could not be read" : null);
        }

        foreach (var route in table.Configuration.Items("Routes"))
        {
            if (IsOpen(route))
            {
                return DerivedValue.Of(true, explain ? $"{table.Id} sends {subnet}'s traffic for all addresses to {route.Text("GatewayId")}" : null);
            }
        }

        return DerivedValue.Of(false, explain ? $"{table.Id} leads {subnet} to no Internet gateway" : null);
    }

    /// <summary>The table that a subnet follows; null where it could not be read.</summary>
    internal static Resource? TableOf(in Subject subject, string subnet)
    {
        var region = subject.Resource.Region;
        var vpc = subject.Root.Text("VpcId");
        Resource? main = null;
        foreach (var table in subject.Account.Resources(RouteTable).Where(table => table.Region == region))
        {
            foreach (var association in table.Configuration.Items("Associations"))
            {
                if (association.Text("SubnetId") == subnet)
                {
                    return table;
                }

                main = association.Flag("Main") && vpc is not null && table.Configuration.Text("VpcId") == vpc ? table : main;
            }
        }

        // A table that could not be listed may be the subnet's own.
        return subject.Account.WhyMissing(RouteTable, region) is null ? main : null;
    }

    private bool IsOpen(JsonElement route) =>
        route.Text("GatewayId")?.StartsWith(InternetGateway, StringComparison.Ordinal) == true
        && route.Text("State") != "blackhole"
        && _defaults.Any(all => route.Text(all.Member) == all.Everywhere);
}
