using CloudPosture.Lake.Findings;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

public sealed class ReachableFromInternetTests
{
    private const string Condition = "{derived: reachableFromInternet, with: {ports: [5432]}, equals: false}";

    [Theory]
    [InlineData("eu-central-1a", "5432", FindingStatus.Fail, "igw-1")]
    [InlineData("eu-central-1b", "5432", FindingStatus.Pass, "no route")]
    [InlineData("eu-central-1a", "3306", FindingStatus.Pass, "")]
    public void A_public_database_without_a_route_passes(string zone, string port, FindingStatus expected, string evidence)
    {
        var finding = Assess(Database(zone, port));

        Assert.Equal(expected, finding.Status);
        Assert.Contains(evidence, finding.Evidence, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_whose_subnet_was_not_read_is_not_assessed()
    {
        var town = Database("eu-central-1a", "5432");
        town.Remove("subnet-1");
        town.Remove("subnet-2");

        Assert.Equal(FindingStatus.NotAssessed, Assess(town).Status);
    }

    private static Town Database(string zone, string port)
    {
        var town = new Town();
        town.PutPrivateSubnet();
        (town.Permission["FromPort"], town.Permission["ToPort"]) = (0, 65535);
        town.Put("AWS::RDS::DBInstance", "db", $$"""
            {"PubliclyAccessible":true,"DBInstanceStatus":"available","AvailabilityZone":"{{zone}}","Endpoint":{"Port":{{port}}},"VpcSecurityGroups":[{"VpcSecurityGroupId":"sg-1"}],
             "DBSubnetGroup":{"Subnets":[{"SubnetIdentifier":"subnet-1"},{"SubnetIdentifier":"subnet-2"}]} }
            """);
        return town;
    }

    private static Finding Assess(Town town) => Given.Finding(Given.Rule("AWS::RDS::DBInstance", Condition), town.Resources());
}
