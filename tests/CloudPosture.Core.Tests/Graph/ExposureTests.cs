using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;

namespace CloudPosture.Tests.Graph;

/// <summary>Planted ways with known answers: open, and stopped by each single thing in turn.</summary>
public sealed class ExposureTests
{
    private static readonly Dictionary<string, (Action<Town> Plant, ExposureStop Stop, string At)> Stops = new(StringComparer.Ordinal)
    {
        ["no route"] = (town => town.Routes.RemoveAt(1), ExposureStop.Route, "rtb-1"),
        ["a route to a NAT gateway"] = (town => town.Routes[1] = Route("0.0.0.0/0", "NatGatewayId", "nat-1"), ExposureStop.Route, "rtb-1"),
        ["a black hole"] = (town => town.Routes[1]!["State"] = "blackhole", ExposureStop.Route, "rtb-1"),
        ["longer prefixes elsewhere"] = (town => (town.Routes).AddAll(Route("0.0.0.0/1", "NatGatewayId", "nat-1"), Route("128.0.0.0/1", "TransitGatewayId", "tgw-1")), ExposureStop.Route, "rtb-1"),
        ["the main table, which has no route"] = (town => town["rtb-1"]["Associations"]!.AsArray().Clear(), ExposureStop.Route, "rtb-main"),
        ["a gateway of another VPC"] = (town => town["igw-1"]["Attachments"]![0]!["VpcId"] = "vpc-2", ExposureStop.InternetGateway, "igw-1"),
        ["a gateway that is being detached"] = (town => town["igw-1"]["Attachments"]![0]!["State"] = "detaching", ExposureStop.InternetGateway, "igw-1"),
        ["Block Public Access"] = (town => town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = "block-bidirectional", ExposureStop.BlockPublicAccess, "vpc-1"),
        ["Block Public Access for what comes in"] = (town => town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = "block-ingress", ExposureStop.BlockPublicAccess, "vpc-1"),
        ["a denial before the allowance"] = (town => town.AclEntries.Insert(0, Entry(false, 90, "deny", "6", 22, 22)), ExposureStop.NetworkAclIn, "acl-1"),
        ["no allowance"] = (town => town.AclEntries.RemoveAt(0), ExposureStop.NetworkAclIn, "acl-1"),
        ["an allowance for other ports"] = (town => town.AclEntries[0] = Entry(false, 100, "allow", "6", 80, 443), ExposureStop.NetworkAclIn, "acl-1"),
        ["answers that are denied"] = (town => town.AclEntries.Insert(0, Entry(true, 90, "deny", "6", 1024, 65535)), ExposureStop.NetworkAclOut, "acl-1"),
        ["answers at well-known ports alone"] = (town => town.AclEntries[3] = Entry(true, 100, "allow", "6", 0, 1023), ExposureStop.NetworkAclOut, "acl-1"),
        ["a group that admits nobody"] = (town => town["sg-1"]["IpPermissions"]!.AsArray().Clear(), ExposureStop.SecurityGroup, "sg-1"),
        ["a group that admits one address"] = (town => town.Permission["IpRanges"]![0]!["CidrIp"] = "198.51.100.7/32", ExposureStop.SecurityGroup, "sg-1"),
        ["a group that admits a group"] = (town => town.Permission["IpRanges"] = Referring(town), ExposureStop.SecurityGroup, "sg-1"),
        ["a prefix list of others"] = (town => WithList(town, "198.51.100.0/24"), ExposureStop.PrefixList, "pl-1"),
        ["no public address"] = (town => town["eni-1"].AsObject().Remove("Association"), ExposureStop.PublicAddress, "eni-1"),
        ["an instance that is stopped"] = (town => town["i-1"]["State"]!["Name"] = "stopped", ExposureStop.Listener, "i-1"),
    };

    public static TheoryData<string> Names => [.. Stops.Keys];

    [Fact]
    public void A_way_with_nothing_in_it_is_open()
    {
        var exposures = new Town().Exposures();

        Assert.Equal(2, exposures.Count);
        Assert.All(exposures, exposure => Assert.Equal((ExposureDegree.Reachable, true, "tcp", "22", "AWS::EC2::Instance"), (exposure.Degree, exposure.Reachable, exposure.Protocol, exposure.Ports, exposure.ResourceType)));
        Assert.Equal("Internet > igw-1 > rtb-1 > acl-1 > sg-1 > eni-1 > i-1", exposures[0].Path);
        Assert.Equal([Town.PublicAddress, "2001:db8:1:1::10"], exposures.Select(exposure => exposure.Address));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_thing_stops_it_and_is_named(string name)
    {
        var (plant, stop, at) = Stops[name];
        var town = new Town();
        plant(town);

        var exposure = town.Of("i-1");

        Assert.False(exposure.Reachable);
        Assert.Equal((stop, at, true), (exposure.StoppedBy, exposure.StoppedAt, exposure.IsOnlyStop));
        Assert.NotEmpty(exposure.Reason);
    }

    [Theory]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("0.0.0.0/1", true)]
    [InlineData("198.51.100.0/24", false)]
    public void A_prefix_list_admits_what_it_holds(string cidr, bool isReachable)
    {
        var town = new Town();
        WithList(town, cidr);

        Assert.Equal(isReachable, town.Of("i-1").Reachable);
    }

    [Fact]
    public void Halves_of_the_Internet_in_two_rules_are_the_Internet()
    {
        var town = new Town();
        town.Permission["IpRanges"] = JsonNode.Parse("""[{"CidrIp":"0.0.0.0/1"},{"CidrIp":"128.0.0.0/1"}]""");

        Assert.True(town.Of("i-1").Reachable);
    }

    [Fact]
    public void An_allowance_before_a_denial_counts()
    {
        var town = new Town();
        town.AclEntries.AddAll(Entry(false, 110, "deny", "6", 22, 22));

        Assert.True(town.Of("i-1").Reachable);
    }

    [Theory]
    [InlineData("arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-1", "allow-bidirectional", true)]
    [InlineData("arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-1", "allow-bidirectional", true)]
    [InlineData("arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-1", "allow-egress", false)]
    [InlineData("arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-9", "allow-bidirectional", false)]
    public void An_exclusion_opens_what_Block_Public_Access_closes(string arn, string mode, bool isReachable)
    {
        var town = new Town();
        town["eu-central-1"]["VpcBlockPublicAccess"]!["InternetGatewayBlockMode"] = "block-bidirectional";
        town.Put("AWS::EC2::VPCBlockPublicAccessExclusion", "ex-1", $$"""{"ResourceArn":"{{arn}}","InternetGatewayExclusionMode":"{{mode}}","State":"create-complete"}""");

        Assert.Equal(isReachable, town.Of("i-1").Reachable);
    }

    [Fact]
    public void Of_two_things_that_stop_it_the_first_is_named_and_both_are_told()
    {
        var town = new Town();
        Stops["no route"].Plant(town);
        Stops["answers that are denied"].Plant(town);

        var exposure = town.Of("i-1");

        Assert.Equal((ExposureDegree.Stopped, ExposureStop.Route, false), (exposure.Degree, exposure.StoppedBy, exposure.IsOnlyStop));
        Assert.Contains("acl-1", exposure.Stops, StringComparison.Ordinal);
    }

    [Fact]
    public void What_each_lets_through_and_no_source_gets_through_is_stopped_by_both_together()
    {
        var town = new Town();
        town.Permission["IpRanges"]![0]!["CidrIp"] = "0.0.0.0/1";
        town.AclEntries[0]!["CidrBlock"] = "128.0.0.0/1";

        Assert.Equal((false, ExposureStop.Combination), (town.Of("i-1").Reachable, town.Of("i-1").StoppedBy));
    }

    [Theory]
    [InlineData("198.51.100.0/24", true)]
    [InlineData("198.51.100.7", true)]
    [InlineData("192.0.2.0/24", false)]
    public void A_narrow_origin_gets_through_what_is_open_to_it(string from, bool isReachable)
    {
        var town = new Town();
        town.Permission["IpRanges"]![0]!["CidrIp"] = "198.51.100.0/25";

        var exposure = town.Of("i-1", from);

        Assert.Equal(isReachable, exposure.Reachable);
        Assert.Equal(from, exposure.From);
    }

    [Fact]
    public void Sources_that_get_through_are_told()
    {
        var town = new Town();
        town.Permission["IpRanges"]![0]!["CidrIp"] = "198.51.100.0/25";

        Assert.Equal("198.51.100.0/25", town.Of("i-1", "198.51.100.0/24").Sources);
    }

    [Fact]
    public void Each_stretch_of_ports_fares_by_itself()
    {
        var town = new Town();
        (town.Permission["FromPort"], town.Permission["ToPort"]) = (20, 30);
        town.AclEntries.Insert(0, Entry(false, 90, "deny", "6", 22, 23));

        var ports = town.Exposures().Where(exposure => exposure.Family == "IPv4").Select(exposure => (exposure.Ports, exposure.Reachable));

        Assert.Equal([("20-21", true), ("22-23", false), ("24-30", true)], ports.Select(port => (port.Ports, port.Reachable!.Value)));
    }

    [Theory]
    [InlineData("AWS::EC2::SecurityGroup", "sg-1")]
    [InlineData("AWS::EC2::NetworkAcl", "acl-1")]
    [InlineData("AWS::EC2::RouteTable", "rtb-1")]
    [InlineData("AWS::EC2::RegionSettings", "eu-central-1")]
    [InlineData("AWS::EC2::Subnet", "subnet-1")]
    public void What_was_not_read_leaves_it_open_whether(string type, string id)
    {
        var town = new Town();
        town.Unread.Add(type);
        town.Remove(id);

        var exposure = town.Of("i-1");

        Assert.Equal((ExposureDegree.Unknown, null, false), (exposure.Degree, exposure.Reachable, exposure.IsOnlyStop));
        Assert.Contains("read", exposure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_read_matters_not_where_something_else_stops_it()
    {
        var town = new Town();
        town.Unread.Add("AWS::EC2::RouteTable");
        town.Remove("rtb-1");
        Stops["no allowance"].Plant(town);

        Assert.False(town.Of("i-1").Reachable);
    }

    [Fact]
    public void A_firewall_in_between_is_told_in_the_path()
    {
        var town = new Town();
        town.Put("AWS::EC2::RouteTable", "rtb-edge", """{"VpcId":"vpc-1","Associations":[{"GatewayId":"igw-1"}],"Routes":[{"DestinationCidrBlock":"10.0.1.0/24","GatewayId":"vpce-firewall","State":"active"}]}""");

        Assert.Equal("Internet > igw-1 > vpce-firewall > rtb-1 > acl-1 > sg-1 > eni-1 > i-1", town.Of("i-1").Path);
    }

    [Fact]
    public void Groups_and_networks_inside_are_reached_from_inside()
    {
        var town = new Town();
        town.PutPrivateSubnet();
        town.Put("AWS::EC2::SecurityGroup", "sg-2", """{"GroupId":"sg-2","IpPermissions":[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"UserIdGroupPairs":[{"GroupId":"sg-1"}]}]}""");
        town.Put("AWS::EC2::NetworkInterface", "eni-2", Town.Interface("10.0.2.10", "subnet-2", "sg-2"));

        Assert.Equal((true, "5432", "10.0.1.10/32"), (town.Of("eni-2", "vpc-1").Reachable!.Value, town.Of("eni-2", "vpc-1").Ports, town.Of("eni-2", "vpc-1").Sources));
        Assert.True(town.Of("eni-2", "10.0.0.0/8").Reachable);
        Assert.Equal(ExposureStop.PublicAddress, town.Of("eni-2").StoppedBy);
        Assert.Equal(ExposureDegree.Closed, town.Of("eni-2").Degree);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_peered_VPC_reaches_what_both_sides_route_to(bool routesBack, bool isReachable)
    {
        var town = new Town();
        town.Put("AWS::EC2::VPC", "vpc-9", """{"VpcId":"vpc-9","CidrBlock":"10.9.0.0/16"}""");
        town.Put("AWS::EC2::Subnet", "subnet-9", """{"VpcId":"vpc-9","CidrBlock":"10.9.1.0/24"}""");
        town.Put("AWS::EC2::RouteTable", "rtb-9", """{"VpcId":"vpc-9","Associations":[{"Main":true}],"Routes":[{"DestinationCidrBlock":"10.0.0.0/16","VpcPeeringConnectionId":"pcx-1","State":"active"}]}""");
        town.Put("AWS::EC2::VPCPeeringConnection", "pcx-1", """{"RequesterVpcInfo":{"VpcId":"vpc-9"},"AccepterVpcInfo":{"VpcId":"vpc-1"},"Status":{"Code":"active"}}""");
        if (routesBack)
        {
            town.Routes.AddAll(Route("10.9.0.0/16", "VpcPeeringConnectionId", "pcx-1"));
        }

        Assert.Equal(isReachable, town.Of("i-1", "vpc-9").Reachable);
    }

    [Fact]
    public void An_origin_that_is_none_is_refused_with_what_one_looks_like()
    {
        var problem = Assert.Throws<FormatException>(() => new Town().Exposures("the moon"));

        Assert.Contains("198.51.100.0/24", problem.Message, StringComparison.Ordinal);
    }

    private static JsonObject Route(string destination, string member, string target) => new() { ["DestinationCidrBlock"] = destination, [member] = target, ["State"] = "active" };

    private static JsonObject Entry(bool isEgress, int number, string action, string protocol, int from, int to) => new()
    {
        ["Egress"] = isEgress,
        ["RuleNumber"] = number,
        ["Protocol"] = protocol,
        ["RuleAction"] = action,
        ["CidrBlock"] = "0.0.0.0/0",
        ["PortRange"] = new JsonObject { ["From"] = from, ["To"] = to },
    };

    private static JsonArray Referring(Town town)
    {
        town.Permission["UserIdGroupPairs"] = JsonNode.Parse("""[{"GroupId":"sg-1"}]""");
        return [];
    }

    private static void WithList(Town town, string cidr)
    {
        town.Put("AWS::EC2::PrefixList", "pl-1", $$"""{"OwnerId":"111122223333","Entries":[{"Cidr":"{{cidr}}"}]}""");
        town.Permission["IpRanges"] = new JsonArray();
        town.Permission["PrefixListIds"] = JsonNode.Parse("""[{"PrefixListId":"pl-1"}]""");
    }
}
