using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Tests.Assessment;

public sealed class PrefixListTests
{
    [Theory]
    [InlineData("""{"Entries":[{"Cidr":"0.0.0.0/0"}]}""", 22, FindingStatus.Fail)]
    [InlineData("""{"Entries":[{"Cidr":"::/0"}]}""", 22, FindingStatus.Fail)]
    [InlineData("""{"Entries":[{"Cidr":"0.0.0.0/1"},{"Cidr":"128.0.0.0/1"}]}""", 22, FindingStatus.Fail)]
    [InlineData("""{"Entries":[{"Cidr":"10.0.0.0/8"}]}""", 22, FindingStatus.Pass)]
    [InlineData("""{"Entries":[]}""", 22, FindingStatus.Pass)]
    [InlineData("""{"OwnerId":"AWS"}""", 22, FindingStatus.Pass)]
    [InlineData("{}", 22, FindingStatus.NotAssessed)]
    [InlineData(null, 22, FindingStatus.NotAssessed)]
    [InlineData(null, 443, FindingStatus.Pass)]
    public void A_prefix_list_is_ranges_like_others(string? list, int port, FindingStatus expected)
    {
        var group = Given.Resource("AWS::EC2::SecurityGroup", "sg-1", "arn:sg-1", $$"""{"GroupId":"sg-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":{{port}},"ToPort":{{port}},"PrefixListIds":[{"PrefixListId":"pl-1"}]}]}""");
        Resource[] resources = list is null ? [group] : [group, Given.Resource("AWS::EC2::PrefixList", "pl-1", "arn:pl-1", list)];
        var rules = Given.Rule("AWS::EC2::SecurityGroup", "{derived: ingressFromInternet, with: {family: any, ports: [22]}, equals: false}");

        Assert.Equal(expected, Assessor.Assess(Given.Account(resources), rules).Single().Status);
    }
}
