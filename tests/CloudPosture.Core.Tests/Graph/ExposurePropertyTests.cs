using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Graph;

/// <summary>What must hold of every network, tried on networks at random.</summary>
public sealed class ExposurePropertyTests
{
    private const int Tries = 100;
    private static readonly string[] Cidrs = ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "198.51.100.0/24", "198.51.100.128/25", "192.0.2.0/24"];
    private static readonly (int From, int To)[] Ports = [(0, 65535), (22, 22), (20, 25), (1024, 65535), (30000, 40000)];
    private static readonly string[] Targets = ["igw-1", "igw-2", "nat-1", "tgw-1"];
    private static readonly string[] Callers = ["198.51.100.5", "198.51.100.200", "192.0.2.1", "203.0.113.77", "9.9.9.9"];

    [Fact]
    public void What_the_engine_says_of_a_caller_a_walk_of_one_packet_says() => Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var town = Random(seed);
        return Callers.All(caller =>
        {
            var open = OpenPorts(town.Exposures(caller));
            return new[] { 21, 22, 23, 1024, 35000 }.All(port => open.Contains(port) == PacketWalk.Arrives(town, caller, port));
        });
    });

    [Fact]
    public void Taking_an_edge_away_never_makes_anything_more_reachable() => Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var town = Random(seed);
        var before = Reached(town);
        TakeAway(town, new Random(seed));
        return Reached(town).IsSubsetOf(before);
    });

    [Fact]
    public void Narrowing_never_adds_a_way() => Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var town = Random(seed);
        var before = Reached(town);
        Narrow(town, new Random(seed));
        return Reached(town).IsSubsetOf(before);
    });

    [Fact]
    public void What_one_thing_stops_is_open_without_it() => Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var town = Random(seed);
        var only = town.Exposures().Where(exposure => exposure.IsOnlyStop && exposure.Protocol == "tcp" && exposure.StoppedBy is ExposureStop.NetworkAclIn or ExposureStop.NetworkAclOut).ToList();
        town.AclEntries.Clear();
        town.AclEntries.AddAll(Entry(false, 1, "allow", "0.0.0.0/0", (0, 65535)), Entry(true, 1, "allow", "0.0.0.0/0", (0, 65535)));
        var open = OpenPorts(town.Exposures());
        return only.All(exposure => open.Contains(int.Parse(exposure.Ports.Split('-')[0], CultureInfo.InvariantCulture)));
    });

    private static HashSet<(string From, int Port)> Reached(Town town) =>
        [.. Callers.Append("Internet").Append("198.51.100.0/24").SelectMany(from => OpenPorts(town.Exposures(from)).Select(port => (from, port)))];

    // Every end of a range in these networks is one of a few ports.
    private static HashSet<int> OpenPorts(IEnumerable<PostureExposure> exposures)
    {
        var open = new HashSet<int>();
        foreach (var ends in exposures.Where(exposure => exposure.Reachable == true).Select(exposure => Array.ConvertAll(exposure.Ports.Split('-'), text => int.Parse(text, CultureInfo.InvariantCulture))))
        {
            open.UnionWith(new[] { 0, 19, 20, 21, 22, 23, 25, 26, 1023, 1024, 29999, 30000, 35000, 40000, 40001, 65535 }.Where(port => port >= ends[0] && port <= ends[^1]));
        }

        return open;
    }

    private static Town Random(int seed)
    {
        var random = new Random(seed);
        var town = new Town();
        town["eni-1"].AsObject().Remove("Ipv6Addresses");
        town.Routes.Clear();
        foreach (var cidr in Cidrs.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
        {
            town.Routes.AddAll(new JsonObject { ["DestinationCidrBlock"] = cidr, ["GatewayId"] = Targets[random.Next(2) * random.Next(Targets.Length)], ["State"] = random.Next(8) == 0 ? "blackhole" : "active" });
        }

        town.AclEntries.Clear();
        for (var number = 1; number <= random.Next(2, 8); number++)
        {
            town.AclEntries.AddAll(Entry(random.Next(2) == 0, number, random.Next(3) == 0 ? "deny" : "allow", Pick(Cidrs, random), Pick(Ports, random)));
        }

        town["sg-1"]["IpPermissions"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Permission(random))]);
        town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = random.Next(10) == 0 ? "block-ingress" : "off";
        return town;
    }

    private static void TakeAway(Town town, Random random)
    {
        var allowing = town.AclEntries.Where(entry => (string)entry!["RuleAction"]! == "allow").ToList();
        switch (random.Next(5))
        {
            case 0 when town.Routes.FirstOrDefault(route => (string)route!["GatewayId"]! == "igw-1" && town.Routes.Count == 1) is { } route:
                town.Routes.Remove(route);
                break;
            case 1 when allowing.Count > 0:
                town.AclEntries.Remove(allowing[random.Next(allowing.Count)]);
                break;
            case 2:
                town["sg-1"]["IpPermissions"]!.AsArray().RemoveAt(0);
                break;
            case 3:
                town["igw-1"]["Attachments"]!.AsArray().Clear();
                break;
            default:
                town["eni-1"].AsObject().Remove("Association");
                break;
        }
    }

    private static void Narrow(Town town, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                town.AclEntries.Insert(0, Entry(random.Next(2) == 0, 0, "deny", Pick(Cidrs, random), Pick(Ports, random)));
                break;
            case 1:
                var permission = town["sg-1"]["IpPermissions"]![0]!;
                permission["IpRanges"] = JsonNode.Parse($$"""[{"CidrIp":"{{Half((string)permission["IpRanges"]![0]!["CidrIp"]!)}}"}]""");
                break;
            case 2:
                var ports = town["sg-1"]["IpPermissions"]![0]!;
                ports["ToPort"] = (int)ports["FromPort"]!;
                break;
            default:
                town.Routes.AddAll(new JsonObject { ["DestinationCidrBlock"] = "198.51.100.64/26", ["GatewayId"] = "nat-1", ["State"] = "active" });
                break;
        }
    }

    private static string Half(string cidr)
    {
        var parts = cidr.Split('/');
        return $"{parts[0]}/{int.Parse(parts[1], CultureInfo.InvariantCulture) + 1}";
    }

    private static JsonObject Permission(Random random)
    {
        var (from, to) = Pick(Ports, random);
        return new JsonObject { ["IpProtocol"] = random.Next(4) == 0 ? "udp" : "tcp", ["FromPort"] = from, ["ToPort"] = to, ["IpRanges"] = new JsonArray(new JsonObject { ["CidrIp"] = Pick(Cidrs, random) }) };
    }

    private static JsonObject Entry(bool isEgress, int number, string action, string cidr, (int From, int To) ports) => new()
    {
        ["Egress"] = isEgress,
        ["RuleNumber"] = number,
        ["Protocol"] = "6",
        ["RuleAction"] = action,
        ["CidrBlock"] = cidr,
        ["PortRange"] = new JsonObject { ["From"] = ports.From, ["To"] = ports.To },
    };

    private static T Pick<T>(T[] of, Random random) => of[random.Next(of.Length)];

    private static void Holds<T>(Gen<T> gen, Func<T, bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tries), Prop.ForAll(gen.ToArbitrary(), property));
}
