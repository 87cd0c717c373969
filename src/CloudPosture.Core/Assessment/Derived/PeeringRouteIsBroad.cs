using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Network;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>peeringRouteIsBroad</c>, without arguments, for AWS::EC2::RouteTable: true where a route through a VPC peering connection
/// leads to all of a VPC behind it, or to more, instead of to the subnets that are needed. Evidence: the route.
/// Source: the CIDR blocks of AWS::EC2::VPCPeeringConnection, which both sides see.
/// </summary>
internal sealed class PeeringRouteIsBroad : DerivedFunction
{
    private const string Peering = "AWS::EC2::VPCPeeringConnection";

    public override IReadOnlyList<string> Types => [Peering];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        string? unknown = null;
        foreach (var route in subject.Root.Items("Routes"))
        {
            if (route.Text("VpcPeeringConnectionId") is not { } id)
            {
                continue;
            }

            var peering = subject.Account.Resources(Peering).FirstOrDefault(candidate => candidate.Id == id);
            if (peering is null)
            {
                unknown = $"{id} could not be read";
            }
            else if (Destinations(route).FirstOrDefault(destination => Networks(peering.Configuration).Any(network => Covers(destination, network))) is { } broad)
            {
                return DerivedValue.Of(true, explain ? $"the route to {broad} by {id} leads to a whole VPC" : null);
            }
        }

        return unknown is null
            ? DerivedValue.Of(false, explain ? "routes over peering connections lead to parts of the other VPC" : null)
            : DerivedValue.Unknown(unknown);
    }

    private static IEnumerable<string> Destinations(JsonElement route) =>
        new[] { route.Text("DestinationCidrBlock"), route.Text("DestinationIpv6CidrBlock") }.OfType<string>();

    private static IEnumerable<string> Networks(JsonElement peering) => new[] { "AccepterVpcInfo", "RequesterVpcInfo" }
        .Select(side => peering.Member(side))
        .OfType<JsonElement>()
        .SelectMany(side => side.Items("CidrBlockSet").Select(block => block.Text("CidrBlock"))
            .Concat(side.Items("Ipv6CidrBlockSet").Select(block => block.Text("Ipv6CidrBlock")))
            .Append(side.Text("CidrBlock")))
        .OfType<string>();

    private static bool Covers(string destination, string network)
    {
        var family = network.Contains(":") ? AddressFamily.Ipv6 : AddressFamily.Ipv4;
        return AddressRange.TryParse(destination, family, out var wide) && AddressRange.TryParse(network, family, out var narrow)
            && wide.First <= narrow.First && wide.Last >= narrow.Last;
    }
}
