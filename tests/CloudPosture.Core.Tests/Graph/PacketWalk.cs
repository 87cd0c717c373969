using System.Linq;
using System.Net;
using System.Text.Json.Nodes;

namespace CloudPosture.Tests.Graph;

/// <summary>Walks one TCP packet of IPv4, and its answer, through a town as AWS describes it: the slow way, for comparison.</summary>
internal static class PacketWalk
{
    public static bool Arrives(Town town, string caller, int port) =>
        town["eni-1"]["Association"] is not null
        && (string)town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"]! == "off"
        && IsRouted(town, caller)
        && Decides(town, false, caller, port)
        && Admits(town, caller, port)
        && Enumerable.Range(1024, 65536 - 1024).Where(answer => answer % 97 == 0 || answer is 1024 or 65535 or 30000 or 40000).Any(answer => Decides(town, true, caller, answer));

    private static bool IsRouted(Town town, string caller) =>
        town.Routes.Where(route => Holds(route!["DestinationCidrBlock"], caller)).OrderByDescending(route => Length(route!["DestinationCidrBlock"])).FirstOrDefault() is { } best
        && (string)best["GatewayId"]! == "igw-1" && (string)best["State"]! == "active" && town["igw-1"]["Attachments"]!.AsArray().Count > 0;

    private static bool Decides(Town town, bool isEgress, string caller, int port) => town.AclEntries
        .Where(entry => (bool)entry!["Egress"]! == isEgress && Holds(entry["CidrBlock"], caller) && port >= (int)entry["PortRange"]!["From"]! && port <= (int)entry["PortRange"]!["To"]!)
        .OrderBy(entry => (int)entry!["RuleNumber"]!)
        .Select(entry => (string)entry!["RuleAction"]! == "allow")
        .FirstOrDefault();

    private static bool Admits(Town town, string caller, int port) => town["sg-1"]["IpPermissions"]!.AsArray().Any(rule =>
        (string)rule!["IpProtocol"]! == "tcp" && port >= (int)rule["FromPort"]! && port <= (int)rule["ToPort"]! && rule["IpRanges"]!.AsArray().Any(range => Holds(range!["CidrIp"], caller)));

    private static int Length(JsonNode? cidr) => int.Parse(((string)cidr!).Split('/')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static bool Holds(JsonNode? cidr, string caller) => IPNetwork.Parse((string)cidr!).Contains(IPAddress.Parse(caller));
}
