using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Tests.Assessment;

public sealed class DerivedTests
{
    [Theory]
    [InlineData("daysSince", "2026-10-21T12:00:00+00:00", "greater: 29.9", FindingStatus.Pass)]
    [InlineData("daysSince", "2026-10-21T12:00:00+00:00", "greater: 30", FindingStatus.Fail)]
    [InlineData("daysUntil", "2026-11-25T12:00:00Z", "equals: 5", FindingStatus.Pass)]
    [InlineData("daysUntil", "2026-11-15T12:00:00Z", "less: 0", FindingStatus.Pass)]
    [InlineData("daysUntil", "never", "less: 0", FindingStatus.Fail)]
    [InlineData("daysUntil", "never", "notEquals: 0", FindingStatus.Pass)]
    public void Days_are_counted_from_the_harvest(string name, string time, string comparison, FindingStatus expected) =>
        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets($"{{derived: {name}, with: {{field: T}}, {comparison}}}"), Given.Bucket("b", $$"""{"T":"{{time}}"}""")));

    [Theory]
    [InlineData("444455556666", "", FindingStatus.Pass)]
    [InlineData("111122223333", "", FindingStatus.Fail)]
    [InlineData("*", ""","Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}""", FindingStatus.Fail)]
    [InlineData("*", ""","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}""", FindingStatus.Pass)]
    public void Cross_account_is_whoever_is_not_the_account_itself(string principal, string condition, FindingStatus expected)
    {
        var bucket = Given.Bucket("b", $$$"""{"Policy":{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{{principal}}}"},"Action":"s3:*","Resource":"*"{{{condition}}} } } }""");

        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets("{derived: policyGrantsCrossAccount, with: {field: Policy}}"), bucket));
    }

    [Theory]
    [InlineData("\"444455556666\"", "", FindingStatus.Fail)]
    [InlineData("[\"444455556666\", \"arn:aws:iam::555566667777:root\"]", "", FindingStatus.Pass)]
    [InlineData("\"arn:aws:iam::555566667777:role/for-444455556666\"", "", FindingStatus.Pass)]
    [InlineData("\"*\"", "", FindingStatus.Pass)]
    [InlineData("\"*\"", ""","Condition":{"StringEquals":{"aws:PrincipalAccount":"444455556666"}}""", FindingStatus.Fail)]
    [InlineData("\"*\"", ""","Condition":{"StringEquals":{"aws:PrincipalAccount":["444455556666","555566667777"]}}""", FindingStatus.Pass)]
    public void Trusted_accounts_are_let_in_and_nobody_else_by_them(string principal, string condition, FindingStatus expected)
    {
        var bucket = Given.Bucket("b", $$$"""{"Policy":{"Statement":{"Effect":"Allow","Principal":{"AWS": {{{principal}}} },"Action":"s3:*","Resource":"*"{{{condition}}} } } }""");

        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets("{derived: policyGrantsCrossAccount, with: {field: Policy, trusted: ['444455556666']}}"), bucket));
    }

    [Theory]
    [InlineData("10.1.0.0/24", FindingStatus.Fail)]
    [InlineData("10.1.0.0/16", FindingStatus.Pass)]
    [InlineData("10.0.0.0/8", FindingStatus.Pass)]
    [InlineData("10.2.0.0/24", FindingStatus.Fail)]
    public void A_peering_route_is_broad_where_it_leads_to_a_whole_vpc(string destination, FindingStatus expected)
    {
        var routes = Given.Resource("AWS::EC2::RouteTable", "rtb-1", "arn:rtb", $$"""{"Routes":[{"GatewayId":"local","DestinationCidrBlock":"10.9.0.0/16"},{"VpcPeeringConnectionId":"pcx-1","DestinationCidrBlock":"{{destination}}"}]}""");
        var peering = Given.Resource("AWS::EC2::VPCPeeringConnection", "pcx-1", "arn:pcx", """{"AccepterVpcInfo":{"CidrBlock":"10.1.0.0/16","CidrBlockSet":[{"CidrBlock":"10.1.0.0/16"}]},"RequesterVpcInfo":{"CidrBlock":"10.9.0.0/16"}}""");
        var rules = Given.Rule("AWS::EC2::RouteTable", "{derived: peeringRouteIsBroad}");

        Assert.Equal(expected, Given.Status(rules, routes, peering));
        Assert.Equal(FindingStatus.NotAssessed, Given.Status(rules, routes));
    }

    [Fact]
    public void Resources_are_assessed_as_they_stream_and_none_is_held()
    {
        var alive = new List<System.WeakReference>();
        var rules = Given.RuleOnBuckets("{count: {of: AWS::S3::Bucket, where: {field: Public, equals: true}}, equals: 0}");
        var account = new Streamed(Given.Account(), alive);

        var findings = Assessor.Assess(account, rules).Count();
        System.GC.Collect();

        Assert.Equal(Streamed.Count, findings);
        Assert.Equal(2 * Streamed.Count, alive.Count);
        Assert.InRange(alive.Count(reference => reference.IsAlive), 0, Streamed.Count / 100);
    }

    private sealed class Streamed(IAccountSnapshot account, List<System.WeakReference> alive) : IAccountSnapshot
    {
        public const int Count = 10_000;

        public string AccountId => account.AccountId;

        public string AccountName => account.AccountName;

        public string Partition => account.Partition;

        public IReadOnlyList<string> Regions => account.Regions;

        public bool IsManagementAccount => account.IsManagementAccount;

        public string Connection => account.Connection;

        public string HarvestId => account.HarvestId;

        public System.DateTimeOffset HarvestedAt => account.HarvestedAt;

        public IReadOnlyList<ReadGap> Gaps => account.Gaps;

        public bool WasHarvested(string service) => account.WasHarvested(service);

        public string? WhyUnread(string service) => account.WhyUnread(service);

        public IEnumerable<Resource> Resources()
        {
            for (var i = 0; i < Count; i++)
            {
                var bucket = Given.Bucket($"b{i}");
                alive.Add(new System.WeakReference(bucket));
                yield return bucket;
            }
        }
    }

    [Theory]
    [InlineData("Owner", FindingStatus.Pass)]
    [InlineData("aws:cloudformation:stack-name", FindingStatus.Fail)]
    public void Tags_of_aws_itself_do_not_count(string key, FindingStatus expected)
    {
        var bucket = Given.Bucket("b", $$"""{"Tags":[{"Key":"{{key}}","Value":"x"}]}""");

        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets("{derived: tagCount, with: {field: Tags}, greater: 0}"), bucket));
    }

    [Fact]
    public void Tags_that_could_not_be_read_are_not_missing() =>
        Assert.Equal(FindingStatus.NotAssessed, Given.Status(Given.RuleOnBuckets("{derived: tagCount, with: {field: Tags}, greater: 0}"), Given.Bucket("b", "{}", Given.Gap("AWS::S3::Bucket", "Tags"))));

    [Theory]
    [InlineData("eu-central-1b", FindingStatus.Pass)]
    [InlineData("eu-central-1a", FindingStatus.Fail)]
    public void Zones_are_counted_once_however_many_subnets_lie_in_them(string zone, FindingStatus expected)
    {
        var subnets = new[] { ("subnet-1", "eu-central-1a"), ("subnet-2", zone) }
            .Select(subnet => Given.Resource("AWS::EC2::Subnet", subnet.Item1, "arn:" + subnet.Item1, $$"""{"AvailabilityZone":"{{subnet.Item2}}"}"""));
        var bucket = Given.Bucket("b", """{"SubnetIds":["subnet-1","subnet-2"]}""");

        Assert.Equal(expected, Given.Status(Given.RuleOnBuckets("{derived: availabilityZones, with: {subnets: \"SubnetIds[]\"}, greaterOrEquals: 2}"), [bucket, .. subnets]));
    }
}
