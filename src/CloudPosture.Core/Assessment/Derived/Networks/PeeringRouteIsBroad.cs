using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>peeringRouteIsBroad</c>, without arguments, for AWS::EC2::RouteTable and AWS::EC2::VPCPeeringConnection: true where a route of the table, or
/// through the connection, leads to all of a VPC behind it, or to more, instead of to the subnets that are needed. Evidence: the route.
/// Sources: the CIDR blocks of AWS::EC2::VPCPeeringConnection, which both sides see, and the account's own AWS::EC2::RouteTable.
/// </summary>
internal sealed class PeeringRouteIsBroad : DerivedFunction
{
    private const string Peering = "AWS::EC2::VPCPeeringConnection";

    private const string RouteTable = "AWS::EC2::RouteTable";

    public override IReadOnlyList<string> Types => [Peering, RouteTable];

    public override DerivedValue Evaluate(in Subject subject, bool explain) =>
        subject.Resource.Type == Peering ? EvaluateConnection(subject, explain) : EvaluateTable(subject, explain);

    private static DerivedValue EvaluateConnection(in Subject subject, bool explain)
    {
        var (connection, networks) = (subject.Resource, subject.Root);
        foreach (var table in subject.Account.Resources(RouteTable).Where(table => table.Region == connection.Region))
        {
            var broad = table.Configuration.Items("Routes")
                .Where(route => route.Text("VpcPeeringConnectionId") == connection.Id)
                .SelectMany(Destinations)
                .FirstOrDefault(destination => Networks(networks).Any(network => Covers(destination, network)));
            if (broad is not null)
            {
                return DerivedValue.Of(true, explain ? $"{table.Id} routes {broad}, a whole VPC, through it" : null);
            }
        }

        return subject.Account.WhyMissing(RouteTable, connection.Region) is { } reason
            ? DerivedValue.Unknown(explain ? $"route tables could not be read: {reason}" : null)
            : DerivedValue.Of(false, explain ? "no route table leads to a whole VPC through it" : null);
    }

    private static DerivedValue EvaluateTable(in Subject subject, bool explain)
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
