using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Benchmarks;

/// <summary>Accounts of any size without a sandbox: VPCs of a hundred resources each, which name one another as real ones do, made as they are asked for.</summary>
internal sealed class SyntheticEstate(int accounts, int resourcesPerAccount)
{
    private const int InstancesPerVpc = 20;
    private const string Region = "eu-central-1";
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The accounts, each made anew whenever its resources are read.</summary>
    public IEnumerable<IAccountSnapshot> Accounts() => Enumerable.Range(0, accounts).Select(number => new Account(Id(number), () => Resources(Id(number), number)));

    public IEnumerable<Resource> Resources() => Enumerable.Range(0, accounts).SelectMany(number => Resources(Id(number), number));

    private static string Id(int account) => (100_000_000_000L + account).ToString(CultureInfo.InvariantCulture);

    private IEnumerable<Resource> Resources(string account, int number)
    {
        yield return Thing(account, "AWS::EC2::RegionSettings", Region, """{"VpcBlockPublicAccess":{"InternetGatewayBlockMode":"off"}}""");
        var made = 1;
        for (var vpc = 0; made < resourcesPerAccount; vpc++)
        {
            foreach (var resource in Vpc(account, (number << 16) + vpc))
            {
                made++;
                yield return resource;
            }
        }
    }

    private static IEnumerable<Resource> Vpc(string account, int vpc)
    {
        var v = vpc.ToString("x9", CultureInfo.InvariantCulture);
        string Ec2(string prefix, int place) => FormattableString.Invariant($"{prefix}-{v}{place:x8}");
        var (vpcId, gateway) = (Ec2("vpc", 0), Ec2("igw", 0));
        yield return Thing(account, "AWS::EC2::VPC", vpcId, $$"""{"VpcId":"{{vpcId}}","OwnerId":"{{account}}","CidrBlock":"10.0.0.0/16"}""");
        yield return Thing(account, "AWS::EC2::InternetGateway", gateway, $$"""{"Attachments":[{"VpcId":"{{vpcId}}","State":"available"}]}""");
        for (var subnet = 0; subnet < 4; subnet++)
        {
            var id = Ec2("subnet", subnet);
            yield return Thing(account, "AWS::EC2::Subnet", id, $$"""{"SubnetId":"{{id}}","VpcId":"{{vpcId}}","CidrBlock":"10.0.{{subnet}}.0/24","AvailabilityZone":"eu-central-1a","State":"available"}""");
            yield return Thing(account, "AWS::EC2::RouteTable", Ec2("rtb", subnet), $$"""
                {"VpcId":"{{vpcId}}","Associations":[{"Main":{{(subnet == 0 ? "true" : "false")}} },{"SubnetId":"{{id}}"}],"Routes":[{"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local","State":"active"},
                 {"DestinationCidrBlock":"0.0.0.0/0","{{(subnet % 2 == 0 ? "GatewayId" : "NatGatewayId")}}":"{{(subnet % 2 == 0 ? gateway : Ec2("nat", 0))}}","State":"active"}]}
                """);
            yield return Thing(account, "AWS::EC2::NetworkAcl", Ec2("acl", subnet), $$"""
                {"VpcId":"{{vpcId}}","Associations":[{"SubnetId":"{{id}}"}],"Entries":[{"Egress":false,"RuleNumber":100,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"},
                 {"Egress":true,"RuleNumber":100,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"},{"Egress":false,"RuleNumber":90,"Protocol":"6","RuleAction":"deny","CidrBlock":"192.0.2.0/24","PortRange":{"From":22,"To":22} }]}
                """);
        }

        for (var group = 0; group < 8; group++)
        {
            var id = Ec2("sg", group);
            yield return Thing(account, "AWS::EC2::SecurityGroup", id, $$"""
                {"GroupId":"{{id}}","VpcId":"{{vpcId}}","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"{{(group % 2 == 0 ? "0.0.0.0/0" : "10.0.0.0/8")}}"}]},
                 {"IpProtocol":"tcp","FromPort":8000,"ToPort":8080,"UserIdGroupPairs":[{"GroupId":"{{Ec2("sg", (group + 1) % 8)}}"}]}]}
                """);
        }

        for (var instance = 0; instance < InstancesPerVpc; instance++)
        {
            foreach (var resource in Instance(account, instance, vpcId, Ec2))
            {
                yield return resource;
            }
        }
    }

    private static IEnumerable<Resource> Instance(string account, int number, string vpcId, Func<string, int, string> ec2)
    {
        var (id, card, volume, subnet, group) = (ec2("i", number), ec2("eni", number), ec2("vol", number), ec2("subnet", number % 4), ec2("sg", number % 8));
        yield return Thing(account, "AWS::EC2::Instance", id, $$"""
            {"InstanceId":"{{id}}","State":{"Name":"running"},"SubnetId":"{{subnet}}","VpcId":"{{vpcId}}","SecurityGroups":[{"GroupId":"{{group}}"}],"NetworkInterfaces":[{"NetworkInterfaceId":"{{card}}"}],
             "IamInstanceProfile":{"Arn":"arn:aws:iam::{{account}}:instance-profile/web"},"BlockDeviceMappings":[{"Ebs":{"VolumeId":"{{volume}}"} }],"ImageId":"{{ec2("ami", 0)}}","PrivateIpAddress":"10.0.{{number % 4}}.{{number}}","InstanceType":"m5.large"}
            """);
        yield return Thing(account, "AWS::EC2::NetworkInterface", card, $$"""
            {"SubnetId":"{{subnet}}","VpcId":"{{vpcId}}","InterfaceType":"interface","Groups":[{"GroupId":"{{group}}"}],"Attachment":{"InstanceId":"{{id}}"},"Association":{"PublicIp":"198.51.100.{{number}}"},
             "PrivateIpAddresses":[{"PrivateIpAddress":"10.0.{{number % 4}}.{{number}}"}]}
            """);
        yield return Thing(account, "AWS::EC2::Volume", volume, $$"""{"VolumeId":"{{volume}}","Attachments":[{"InstanceId":"{{id}}"}],"KmsKeyId":"arn:aws:kms:{{Region}}:{{account}}:key/ebs","Encrypted":true,"State":"in-use"}""");
        yield return Thing(account, "AWS::EC2::Snapshot", ec2("snap", number), $$"""{"VolumeId":"{{volume}}","Encrypted":true,"CreateVolumePermissions":[]}""");
    }

    private static Resource Thing(string account, string type, string id, string json) => new()
    {
        Type = type,
        Id = id,
        Arn = $"arn:aws:ec2:{Region}:{account}:{type.Substring(type.LastIndexOf(':') + 1).ToLowerInvariant()}/{id}",
        Name = id,
        AccountId = account,
        Region = Region,
        Configuration = JsonDocument.Parse(json).RootElement,
        HarvestId = "synthetic",
        HarvestedAt = At,
        Connection = "synthetic",
    };

    private sealed class Account(string id, Func<IEnumerable<Resource>> resources) : IAccountSnapshot
    {
        public string AccountId => id;

        public string AccountName => id;

        public string Partition => "aws";

        public IReadOnlyList<string> Regions => [Region];

        public bool IsManagementAccount => false;

        public string Connection => "synthetic";

        public string HarvestId => "synthetic";

        public DateTimeOffset HarvestedAt => At;

        public IReadOnlyList<ReadGap> Gaps => [];

        public bool WasHarvested(string service) => true;

        public string? WhyUnread(string service) => null;

        public IEnumerable<Resource> Resources() => resources();
    }
}
