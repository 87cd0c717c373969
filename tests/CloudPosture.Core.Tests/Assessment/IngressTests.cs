using System.Globalization;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Assessment;

public sealed class IngressTests
{
    private const string Ssh = "{derived: ingressFromInternet, with: {family: ipv4, ports: [22, 3389]}}";
    private const string SshIpv6 = "{derived: ingressFromInternet, with: {family: ipv6, ports: [22]}}";

    [Theory]
    [InlineData("tcp", "22", "22", "0.0.0.0/0", true)]
    [InlineData("6", "22", "22", "0.0.0.0/0", true)]
    [InlineData("17", "3389", "3389", "0.0.0.0/0", true)]
    [InlineData("tcp", "0", "65535", "0.0.0.0/0", true)]
    [InlineData("tcp", "3000", "4000", "0.0.0.0/0", true)]
    [InlineData("-1", null, null, "0.0.0.0/0", true)]
    [InlineData("tcp", null, null, "0.0.0.0/0", true)]
    [InlineData("tcp", "443", "443", "0.0.0.0/0", false)]
    [InlineData("icmp", "-1", "-1", "0.0.0.0/0", false)]
    [InlineData("tcp", "22", "22", "10.0.0.0/8", false)]
    [InlineData("tcp", "22", "22", "198.51.100.7/32", false)]
    [InlineData("tcp", "22", "22", "0.0.0.0/1,128.0.0.0/1", true)]
    [InlineData("tcp", "22", "22", "0.0.0.0/2,64.0.0.0/2,128.0.0.0/2", true)]
    [InlineData("tcp", "22", "22", "0.0.0.0/3", false)]
    [InlineData("tcp", "22", "22", "::/0", false)]
    public void A_security_group_opens(string protocol, string? from, string? to, string cidrs, bool expected)
    {
        var ports = from is null ? "" : $"\"FromPort\":{from},\"ToPort\":{to},";
        var ranges = string.Join(",", System.Array.ConvertAll(cidrs.Split(','), cidr => $$"""{"CidrIp":"{{cidr}}","CidrIpv6":"{{cidr}}"}"""));
        var group = $$"""{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"{{protocol}}",{{ports}}"IpRanges":[{{ranges}}],"Ipv6Ranges":[{{ranges}}]}]}""";

        AssertOpen(Ssh, group, expected);
        AssertOpen(SshIpv6, group, cidrs == "::/0");
    }

    [Fact]
    public void Ranges_of_one_group_add_up_over_its_rules() => AssertOpen(
        Ssh,
        """{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/2"}]},{"IpProtocol":"-1","IpRanges":[{"CidrIp":"128.0.0.0/2"}]}]}""",
        true);

    [Theory]
    [InlineData("2000::/3", true)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("fc00::/7", false)]
    [InlineData("::/1", true)]
    [InlineData("::/0", true)]
    public void Of_ipv6_the_global_unicast_space_is_the_internet(string cidr, bool expected) => AssertOpen(
        SshIpv6,
        $$"""{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"{{cidr}}"}]}]}""",
        expected);

    [Theory]
    [InlineData("100 allow -1 0.0.0.0/0", true)]
    [InlineData("100 deny 6:22-22 0.0.0.0/0;200 allow -1 0.0.0.0/0", true)]
    [InlineData("100 deny 6:22-22 0.0.0.0/0;101 deny 17:22-22 0.0.0.0/0;110 deny 6:3389-3389 0.0.0.0/0;120 deny 17:3389-3389 0.0.0.0/0;200 allow -1 0.0.0.0/0", false)]
    [InlineData("300 deny -1 0.0.0.0/0;200 allow 6:22-22 0.0.0.0/0", true)]
    [InlineData("100 deny -1 0.0.0.0/0;200 allow 6:22-22 0.0.0.0/0", false)]
    [InlineData("100 deny -1 198.51.100.0/24;200 allow 6:22-22 0.0.0.0/0", true)]
    [InlineData("100 deny -1 0.0.0.0/1;110 deny -1 128.0.0.0/1;200 allow 6:22-22 0.0.0.0/0", false)]
    [InlineData("100 allow 6:1024-3000 0.0.0.0/0", false)]
    [InlineData("100 allow 6:1024-65535 0.0.0.0/0", true)]
    [InlineData("100 allow 1 0.0.0.0/0", false)]
    [InlineData("", false)]
    public void A_network_acl_is_read_in_the_order_of_its_rules(string rules, bool expected)
    {
        var entries = System.Array.ConvertAll(rules.Split(';', System.StringSplitOptions.RemoveEmptyEntries), Entry);
        var egress = """{"Egress":true,"RuleNumber":1,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"}""";

        AssertOpen(Ssh, $$"""{"NetworkAclId":"acl-1","Entries":[{{string.Join(",", [egress, .. entries])}}]}""", expected);
    }

    [Fact]
    public void Without_ports_any_port_counts() => AssertOpen(
        "{derived: ingressFromInternet, with: {family: any}}",
        """{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":8443,"ToPort":8443,"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}""",
        true);

    [Fact]
    public void Evidence_names_port_and_source()
    {
        var finding = Given.Finding(Given.Rule("AWS::EC2::SecurityGroup", Ssh), Group("""{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":3000,"ToPort":4000,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}"""));

        Assert.Equal("tcp 3389 is open to 0.0.0.0/0", finding.Evidence);
    }

    private static string Entry(string rule)
    {
        var words = rule.Split(' ');
        var protocol = words[2].Split(':');
        var ports = protocol.Length < 2 ? "" : string.Format(CultureInfo.InvariantCulture, "\"PortRange\":{{\"From\":{0},\"To\":{1}}},", protocol[1].Split('-'));
        return $$"""{"Egress":false,"RuleNumber":{{words[0]}},"Protocol":"{{protocol[0]}}",{{ports}}"RuleAction":"{{words[1]}}","CidrBlock":"{{words[3]}}"}""";
    }

    private static void AssertOpen(string condition, string configuration, bool expected) =>
        Assert.Equal(expected ? FindingStatus.Pass : FindingStatus.Fail, Given.Status(Given.Rule("AWS::EC2::SecurityGroup", condition), Group(configuration)));

    private static CloudPosture.Lake.Resources.Resource Group(string configuration) => Given.Resource("AWS::EC2::SecurityGroup", "sg-1", "arn:sg-1", configuration);
}
