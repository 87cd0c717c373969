using System.Globalization;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Assessment;

public sealed class NetworkDerivedTests
{
    private const string Group = "AWS::EC2::SecurityGroup";
    private const string Instance = "AWS::EC2::Instance";
    private const string Interface = "AWS::EC2::NetworkInterface";
    private const string OpenSsh = """{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}""";
    private const string Groups = "{derived: groupsFromInternet, with: {groups: 'SecurityGroups[].GroupId', ports: [22], protocols: [tcp]}}";

    [Fact]
    public void An_instance_is_as_open_as_its_groups()
    {
        var rule = Given.Rule(Instance, Groups);
        var instance = Given.Resource(Instance, "i-1", "arn:i", """{"SecurityGroups":[{"GroupId":"sg-0"},{"GroupId":"sg-1"}]}""");
        var closed = Given.Resource(Group, "sg-0", "arn:sg0", """{"GroupId":"sg-0","IpPermissions":[]}""");
        var open = Given.Resource(Group, "sg-1", "arn:sg1", OpenSsh);

        Assert.Equal(FindingStatus.Pass, Given.Status(rule, instance, closed, open));
        Assert.Equal(FindingStatus.Fail, Given.Status(rule, instance, closed, Given.Resource(Group, "sg-1", "arn:sg1", """{"GroupId":"sg-1","IpPermissions":[]}""")));
    }

    [Fact]
    public void A_group_that_was_not_read_leaves_the_question_open_unless_another_answers_it()
    {
        var rule = Given.Rule(Instance, Groups);
        var instance = Given.Resource(Instance, "i-1", "arn:i", """{"SecurityGroups":[{"GroupId":"sg-0"},{"GroupId":"sg-1"}]}""");
        var open = Given.Resource(Group, "sg-1", "arn:sg1", OpenSsh);

        Assert.Equal(FindingStatus.Pass, Given.Status(rule, instance, open));
        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rule, instance, Given.Resource(Group, "sg-1", "arn:sg1", """{"GroupId":"sg-1","IpPermissions":[]}""")));
        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rule, instance, open with { Region = "us-east-1" }));
    }

    [Theory]
    [InlineData("0", "65535", true)]
    [InlineData("0", "65534", false)]
    [InlineData("1", "65535", false)]
    public void Every_port_is_open_where_none_is_left_out(string from, string to, bool expected)
    {
        var group = Given.Resource(Group, "sg-1", "arn:sg", $$"""{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":{{from}},"ToPort":{{to}},"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}""");

        Assert.Equal(expected ? FindingStatus.Pass : FindingStatus.Fail, Given.Status(Given.Rule(Group, "{derived: ingressFromInternet, with: {every: true}}"), group));
    }

    [Fact]
    public void Ports_of_two_protocols_do_not_add_up_to_every_port()
    {
        var group = Given.Resource(
            Group,
            "sg-1",
            "arn:sg",
            """{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":0,"ToPort":1000,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]},{"IpProtocol":"udp","FromPort":1001,"ToPort":65535,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}""");

        Assert.Equal(FindingStatus.Fail, Given.Status(Given.Rule(Group, "{derived: ingressFromInternet, with: {every: true}}"), group));
    }

    [Fact]
    public void Taking_ports_away_leaves_exactly_the_others() => Prop.ForAll(
        Gen.Choose(0, 65535).ArrayOf(5).ToArbitrary(),
        drawn =>
        {
            var range = new PortRange(System.Math.Min(drawn[0], drawn[1]), System.Math.Max(drawn[0], drawn[1]));
            var hole = new PortRange(System.Math.Min(drawn[2], drawn[3]), System.Math.Max(drawn[2], drawn[3]));
            var left = PortRange.Without([range], [hole]).ToList();
            return new[] { drawn[4], hole.First, hole.Last, range.First, range.Last }.All(port =>
                left.Count(part => part.Contains(port)) == (range.Contains(port) && !hole.Contains(port) ? 1 : 0));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("8.8.8.8/32", true)]
    [InlineData("0.0.0.0/0", true)]
    [InlineData("10.0.0.0/7", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("100.64.0.0/10", false)]
    [InlineData("192.168.1.0/24", false)]
    [InlineData("2600:1f18::1/128", true)]
    [InlineData("::/0", true)]
    [InlineData("fd00::/8", false)]
    [InlineData("2001:db8::/48", false)]
    [InlineData("nonsense", false)]
    [InlineData("1.2.3.4/99", false)]
    public void A_network_is_public_unless_it_lies_in_special_ranges(string cidr, bool expected) =>
        Assert.Equal(expected, PublicRange.Of(cidr) is not null);

    [Fact]
    public void A_part_of_a_special_network_is_never_public() => Prop.ForAll(
        Gen.Choose(8, 32).Zip(Gen.Choose(0, 0xFFFFFF)).ToArbitrary(),
        drawn => PublicRange.Of(string.Format(CultureInfo.InvariantCulture, "10.{0}.{1}.{2}/{3}", (drawn.Item2 >> 16) & 255, (drawn.Item2 >> 8) & 255, drawn.Item2 & 255, drawn.Item1)) is null)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Public_networks_are_counted_by_length_and_direction()
    {
        var group = Given.Resource(
            Group,
            "sg-1",
            "arn:sg",
            """{"IpPermissions":[{"IpRanges":[{"CidrIp":"8.0.0.0/9"},{"CidrIp":"8.8.8.8/32"},{"CidrIp":"10.0.0.0/8"}]}],"IpPermissionsEgress":[{"IpRanges":[{"CidrIp":"9.0.0.0/8"}]}]}""");

        Assert.Equal(FindingStatus.Pass, Given.Status(Given.Rule(Group, "{derived: publicNetworks, with: {shortest: 1, longest: 23}, equals: 2}"), group));
        Assert.Equal(FindingStatus.Pass, Given.Status(Given.Rule(Group, "{derived: publicNetworks, with: {direction: ingress}, equals: 2}"), group));
    }

    [Fact]
    public void A_subnet_follows_its_own_table_or_else_the_main_one_of_its_vpc()
    {
        var rule = Given.Rule("AWS::EC2::Subnet", "{derived: subnetIsPublic}");
        var subnet = Given.Resource("AWS::EC2::Subnet", "subnet-1", "arn:subnet", """{"SubnetId":"subnet-1","VpcId":"vpc-1"}""");
        var main = Table("rtb-main", "vpc-1", "\"Main\":true", "igw-1");
        var own = Table("rtb-own", "vpc-1", "\"SubnetId\":\"subnet-1\"", "local");

        Assert.Equal(FindingStatus.Pass, Given.Status(rule, subnet, main));
        Assert.Equal(FindingStatus.Fail, Given.Status(rule, subnet, main, own));
        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rule, subnet, Table("rtb-other", "vpc-2", "\"Main\":true", "igw-1")));
    }

    [Theory]
    [InlineData("", FindingStatus.Pass)]
    [InlineData(", with: {family: any}", FindingStatus.Fail)]
    public void A_route_of_some_addresses_makes_a_subnet_public_unless_all_are_asked_for(string with, FindingStatus expected)
    {
        var table = Given.Resource("AWS::EC2::RouteTable", "rtb-1", "arn:rtb-1", """{"VpcId":"vpc-1","Associations":[{"SubnetId":"subnet-1"}],"Routes":[{"DestinationCidrBlock":"198.51.100.0/24","GatewayId":"igw-1","State":"active"}]}""");

        Assert.Equal(expected, Given.Status(Given.Rule("AWS::EC2::Subnet", $$"""{derived: subnetIsPublic{{with}}}"""), Given.Resource("AWS::EC2::Subnet", "subnet-1", "arn:subnet", """{"SubnetId":"subnet-1","VpcId":"vpc-1"}"""), table));
    }

    [Theory]
    [InlineData("22", FindingStatus.Pass)]
    [InlineData("5439", FindingStatus.Fail)]
    [InlineData("null", FindingStatus.Pass)]
    public void The_port_that_a_resource_tells_is_the_one_that_matters(string port, FindingStatus expected) => Assert.Equal(
        expected,
        Given.Status(
            Given.Rule(Instance, "{derived: groupsFromInternet, with: {groups: 'SecurityGroups[].GroupId', port: Endpoint.Port, protocols: [tcp]}}"),
            Given.Resource(Instance, "i-1", "arn:i", $$$"""{"SecurityGroups":[{"GroupId":"sg-1"}],"Endpoint":{"Port":{{{port}}}}}"""),
            Given.Resource(Group, "sg-1", "arn:sg1", OpenSsh)));

    [Fact]
    public void References_are_those_of_other_resources_in_the_region()
    {
        var rule = Given.Rule(Group, $$"""{derived: referencedBy, with: {by: [{type: {{Interface}}, path: "Groups[].GroupId"}, {type: {{Group}}, path: "Peers[]"}]}, greater: 0}""");
        var group = Given.Resource(Group, "sg-1", "arn:sg", """{"Peers":["sg-1"]}""");
        var user = Given.Resource(Interface, "eni-1", "arn:eni", """{"Groups":[{"GroupId":"sg-1"}]}""");

        Assert.Equal(FindingStatus.Fail, Given.Status(rule, group));
        Assert.Equal(FindingStatus.Pass, Given.Status(rule, group, user));
        Assert.Equal(FindingStatus.Fail, Given.Status(rule, group, user with { Region = "us-east-1" }));
    }

    [Fact]
    public void What_could_refer_to_it_and_was_not_harvested_leaves_the_question_open()
    {
        var rule = Given.Rule(Group, """{derived: referencedBy, with: {by: [{type: "AWS::Lambda::Function", path: "VpcConfig.SecurityGroupIds[]"}]}, greater: 0}""");

        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rule, Given.Resource(Group, "sg-1", "arn:sg")));
    }

    [Theory]
    [InlineData("""[{"Z":"a","T":"x"},{"Z":"a","T":"y"},{"Z":"b","T":"x"}]""", "", 2)]
    [InlineData("""[{"Z":"a","T":"x"},{"Z":"a","T":"y"},{"Z":"b","T":"x"}]""", ", per: Z", 1)]
    [InlineData("[]", ", per: Z", 0)]
    public void Distinct_values_are_counted_in_all_or_for_each(string list, string per, int expected) => Assert.Equal(
        FindingStatus.Pass,
        Given.Status(Given.RuleOnBuckets($$"""{derived: distinctValues, with: {of: "L[]", value: T{{per}}}, equals: {{expected}}}"""), Given.Bucket("b", $$"""{"L":{{list}}}""")));

    [Theory]
    [InlineData("User initiated (2026-10-21 12:00:00 GMT)", FindingStatus.Pass)]
    [InlineData("User initiated (2026-11-19 12:00:00 GMT)", FindingStatus.Fail)]
    [InlineData("Server.SpotInstanceShutdown", FindingStatus.NotAssessed)]
    [InlineData("User initiated (2026-99-99 12:00:00 GMT)", FindingStatus.NotAssessed)]
    public void A_stop_is_dated_by_its_reason(string reason, FindingStatus expected) => Assert.Equal(
        expected,
        Given.Status(Given.Rule(Instance, "{derived: daysStopped, greater: 29}"), Given.Resource(Instance, "i-1", "arn:i", $$"""{"State":{"Name":"stopped"},"StateTransitionReason":"{{reason}}"}""")));

    [Theory]
    [InlineData("shop.example.com.s3-website-eu-central-1.amazonaws.com", FindingStatus.Fail)]
    [InlineData("shop.example.com.s3-website.eu-central-1.amazonaws.com.", FindingStatus.Fail)]
    [InlineData("gone.example.com.s3-website-eu-central-1.amazonaws.com", FindingStatus.Pass)]
    public void A_name_of_a_buckets_website_dangles_without_the_bucket(string target, FindingStatus expected) => Assert.Equal(
        expected,
        Assert.Single(CloudPosture.Assessment.Assessor.Assess(
            Given.Account(Record("CNAME", target), Given.Bucket("shop.example.com")),
            Given.Rule("AWS::Route53::RecordSet", "{derived: recordTarget, with: {ask: isDangling}}"))).Status);

    private static Resource Record(string type, string value) => Given.Resource(
        "AWS::Route53::RecordSet", "Z1/www/A", "arn:record", $$"""{"Type":"{{type}}","ResourceRecords":[{"Value":"{{value}}"}]}""", "global");

    private static Resource Table(string id, string vpc, string association, string gateway) => Given.Resource(
        "AWS::EC2::RouteTable",
        id,
        "arn:" + id,
        $$"""{"VpcId":"{{vpc}}","Associations":[{ {{association}} }],"Routes":[{"DestinationCidrBlock":"0.0.0.0/0","GatewayId":"{{gateway}}","State":"active"}]}""");
}
