using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;

namespace CloudPosture.Tests.Graph;

/// <summary>What is reached through load balancers, and what services say of themselves.</summary>
public sealed class BalancedExposureTests
{
    private const string Balancer = FrontTown.Balancer;
    private const string Group = FrontTown.Group;

    [Fact]
    public void What_stands_behind_an_application_load_balancer_is_reached_by_its_group()
    {
        var exposure = Behind(FrontTown.Web());

        Assert.Equal((true, "8080", Balancer), (exposure.Reachable!.Value, exposure.Ports, exposure.Via));
        Assert.Equal($"Internet > igw-1 > rtb-1 > acl-1 > sg-web > {Balancer} > {Group} > acl-2 > sg-app > eni-2 > i-2", exposure.Path);
    }

    [Fact]
    public void The_load_balancer_itself_is_reached_at_its_listeners_alone()
    {
        var exposures = FrontTown.Web().Exposures().Where(exposure => exposure.ResourceId == Balancer);

        Assert.Equal([("443", ExposureDegree.Reachable)], exposures.Select(exposure => (exposure.Ports, exposure.Degree)));
    }

    [Fact]
    public void A_target_that_does_not_admit_the_load_balancer_is_closed()
    {
        var town = FrontTown.Web();
        town["sg-app"]["IpPermissions"]![0]!["UserIdGroupPairs"]![0]!["GroupId"] = "sg-other";

        Assert.Equal((false, ExposureStop.SecurityGroup, "sg-app"), (Behind(town).Reachable, Behind(town).StoppedBy, Behind(town).StoppedAt));
    }

    [Fact]
    public void The_network_ACL_of_a_target_stops_the_load_balancer()
    {
        var town = FrontTown.Web();
        town["acl-2"]["Entries"]![0]!["CidrBlock"] = "10.7.0.0/16";

        Assert.Equal((ExposureStop.NetworkAclIn, "acl-2"), (Behind(town).StoppedBy, Behind(town).StoppedAt));
    }

    [Theory]
    [InlineData("internal", "0.0.0.0/0")]
    [InlineData("internet-facing", "198.51.100.0/24")]
    public void Behind_a_load_balancer_that_is_not_reached_nothing_is(string scheme, string cidr)
    {
        var town = FrontTown.Web();
        town[Balancer]["Scheme"] = scheme;
        town["sg-web"]["IpPermissions"]![0]!["IpRanges"]![0]!["CidrIp"] = cidr;

        Assert.DoesNotContain(town.Exposures(), exposure => exposure.Via.Length > 0);
        Assert.False(town.Of(Balancer).Reachable);
    }

    [Fact]
    public void A_target_group_that_only_a_rule_leads_to_counts()
    {
        var town = FrontTown.Web();
        town[Balancer]["Listeners"]![0]!["DefaultActions"] = new JsonArray();

        Assert.True(Behind(town).Reachable);
    }

    [Theory]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("10.0.0.0/16", false)]
    public void Behind_a_network_load_balancer_the_caller_himself_must_be_admitted(string cidr, bool isReachable)
    {
        var town = FrontTown.Web();
        town[Balancer]["Type"] = "network";
        town[Balancer].AsObject().Remove("SecurityGroups");
        town["sg-app"]["IpPermissions"]![0]!.AsObject().Remove("UserIdGroupPairs");
        town["sg-app"]["IpPermissions"]![0]!["IpRanges"] = JsonNode.Parse($$"""[{"CidrIp":"{{cidr}}"}]""");

        Assert.Equal(isReachable, Behind(town).Reachable);
    }

    [Fact]
    public void A_function_behind_a_load_balancer_is_reached()
    {
        var town = FrontTown.Web();
        const string Function = "arn:aws:lambda:eu-central-1:111122223333:function:hello";
        town[Group]["TargetType"] = "lambda";
        town[Group]["Targets"] = JsonNode.Parse($$"""[{"Target":{"Id":"{{Function}}"} }]""");

        Assert.Equal((true, "hello", Function), Assert.Single(town.Exposures(), exposure => exposure.Via.Length > 0) is var found ? (found.Reachable!.Value, found.ResourceId, found.ResourceArn) : default);
    }

    [Fact]
    public void A_target_by_its_address_is_found_in_the_VPC()
    {
        var town = FrontTown.Web();
        town[Group]["TargetType"] = "ip";
        town[Group]["Targets"] = JsonNode.Parse("""[{"Target":{"Id":"10.0.2.10","Port":8080}}]""");

        Assert.True(Behind(town).Reachable);
    }

    [Fact]
    public void A_classic_load_balancer_hands_on_to_its_instances()
    {
        var town = FrontTown.Web();
        town.Remove(Balancer);
        town.Remove(Group);
        town.Put("AWS::ElasticLoadBalancing::LoadBalancer", "classic", """
            {"Scheme":"internet-facing","Subnets":["subnet-1"],"SecurityGroups":["sg-web"],"Instances":[{"InstanceId":"i-2"}],
             "ListenerDescriptions":[{"Listener":{"Protocol":"HTTPS","LoadBalancerPort":443,"InstanceProtocol":"HTTP","InstancePort":8080}}]}
            """);

        Assert.Equal((true, "8080"), (Behind(town).Reachable!.Value, Behind(town).Ports));
    }

    [Theory]
    [InlineData(true, "subnet-1", ExposureStop.None)]
    [InlineData(false, "subnet-1", ExposureStop.PublicAddress)]
    [InlineData(true, "subnet-2", ExposureStop.Route)]
    public void A_public_database_without_a_route_is_told_apart(bool isPublic, string subnet, ExposureStop stop)
    {
        var town = new Town();
        town.PutPrivateSubnet();
        (town.Permission["FromPort"], town.Permission["ToPort"]) = (5432, 5432);
        town.Put("AWS::RDS::DBInstance", "db", $$"""
            {"PubliclyAccessible":{{(isPublic ? "true" : "false")}},"DBInstanceStatus":"available","AvailabilityZone":"{{(subnet == "subnet-1" ? "eu-central-1a" : "eu-central-1b")}}","Endpoint":{"Port":5432},
             "VpcSecurityGroups":[{"VpcSecurityGroupId":"sg-1"}],"DBSubnetGroup":{"Subnets":[{"SubnetIdentifier":"subnet-1"},{"SubnetIdentifier":"subnet-2"}]} }
            """);

        Assert.Equal((stop, "5432"), (town.Of("db").StoppedBy, town.Of("db").Ports));
    }

    private static PostureExposure Behind(Town town) => Assert.Single(town.Exposures(), exposure => exposure.Via.Length > 0);
}
