using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Graph;
using CloudPosture.Graph.Network;
using CloudPosture.Graph.Network.Judging;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Lake.Resources;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Graph;

/// <summary>
/// A VPC with one instance that the Internet reaches at port 22, by IPv4 and IPv6: through igw-1, the route table rtb-1 that its subnet
/// is tied to, the network ACL acl-1 and the security group sg-1. Tests take one thing away or put another in.
/// </summary>
internal sealed class Town
{
    public const string PublicAddress = "203.0.113.10";
    private readonly SortedDictionary<string, (string Type, JsonNode Json)> _things = new(StringComparer.Ordinal);

    public Town()
    {
        Put("AWS::EC2::VPC", "vpc-1", """{"VpcId":"vpc-1","OwnerId":"111122223333","CidrBlock":"10.0.0.0/16","CidrBlockAssociationSet":[{"CidrBlock":"10.0.0.0/16"}],"Ipv6CidrBlockAssociationSet":[{"Ipv6CidrBlock":"2001:db8:1::/56"}]}""");
        Put("AWS::EC2::Subnet", "subnet-1", """{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.1.0/24","AvailabilityZone":"eu-central-1a","Ipv6CidrBlockAssociationSet":[{"Ipv6CidrBlock":"2001:db8:1:1::/64"}]}""");
        Put("AWS::EC2::InternetGateway", "igw-1", """{"InternetGatewayId":"igw-1","Attachments":[{"VpcId":"vpc-1","State":"available"}]}""");
        Put("AWS::EC2::RouteTable", "rtb-main", """{"VpcId":"vpc-1","Associations":[{"Main":true}],"Routes":[{"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local","State":"active"}]}""");
        Put("AWS::EC2::RouteTable", "rtb-1", """
            {"VpcId":"vpc-1","Associations":[{"Main":false,"SubnetId":"subnet-1"}],"Routes":[
              {"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local","State":"active"},
              {"DestinationCidrBlock":"0.0.0.0/0","GatewayId":"igw-1","State":"active"},
              {"DestinationIpv6CidrBlock":"::/0","GatewayId":"igw-1","State":"active"}]}
            """);
        Put("AWS::EC2::NetworkAcl", "acl-1", """
            {"VpcId":"vpc-1","Associations":[{"SubnetId":"subnet-1"}],"Entries":[
              {"Egress":false,"RuleNumber":100,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"},
              {"Egress":false,"RuleNumber":101,"Protocol":"-1","RuleAction":"allow","Ipv6CidrBlock":"::/0"},
              {"Egress":false,"RuleNumber":32767,"Protocol":"-1","RuleAction":"deny","CidrBlock":"0.0.0.0/0"},
              {"Egress":true,"RuleNumber":100,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"},
              {"Egress":true,"RuleNumber":101,"Protocol":"-1","RuleAction":"allow","Ipv6CidrBlock":"::/0"},
              {"Egress":true,"RuleNumber":32767,"Protocol":"-1","RuleAction":"deny","CidrBlock":"0.0.0.0/0"}]}
            """);
        Put("AWS::EC2::SecurityGroup", "sg-1", """{"GroupId":"sg-1","VpcId":"vpc-1","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}""");
        Put("AWS::EC2::Instance", "i-1", """{"InstanceId":"i-1","State":{"Name":"running"}}""");
        Put("AWS::EC2::NetworkInterface", "eni-1", Interface("10.0.1.10", "subnet-1", "sg-1", "i-1", PublicAddress, "2001:db8:1:1::10"));
        Put("AWS::EC2::RegionSettings", "eu-central-1", """{"VpcBlockPublicAccess":{"InternetGatewayBlockMode":"off"}}""");
    }

    public JsonNode this[string id] => _things[id].Json;

    /// <summary>The rules of acl-1.</summary>
    public JsonArray AclEntries => this["acl-1"]["Entries"]!.AsArray();

    /// <summary>The routes of rtb-1.</summary>
    public JsonArray Routes => this["rtb-1"]["Routes"]!.AsArray();

    /// <summary>What sg-1 admits.</summary>
    public JsonNode Permission => this["sg-1"]["IpPermissions"]![0]!;

    /// <summary>Lists that were not read.</summary>
    public List<string> Unread { get; } = [];

    public static string Interface(string address, string subnet, string group, string? instance = null, string? publicAddress = null, string? ipv6 = null) => $$"""
        {"SubnetId":"{{subnet}}","InterfaceType":"interface","Groups":[{"GroupId":"{{group}}"}],"PrivateIpAddress":"{{address}}"
        {{(instance is null ? "" : $$""","Attachment":{"InstanceId":"{{instance}}"}""")}}
        {{(publicAddress is null ? "" : $$""","Association":{"PublicIp":"{{publicAddress}}"}""")}}
        {{(ipv6 is null ? "" : $$""","Ipv6Addresses":[{"Ipv6Address":"{{ipv6}}"}]""")}}
        ,"PrivateIpAddresses":[{"PrivateIpAddress":"{{address}}"}]}
        """;

    public Town Put(string type, string id, string json)
    {
        _things[id] = (type, JsonNode.Parse(json)!);
        return this;
    }

    public void Remove(string id) => _things.Remove(id);

    /// <summary>Puts a subnet beside the first that only reaches the VPC, with a network ACL that lets all pass.</summary>
    public void PutPrivateSubnet()
    {
        Put("AWS::EC2::Subnet", "subnet-2", """{"VpcId":"vpc-1","CidrBlock":"10.0.2.0/24","AvailabilityZone":"eu-central-1b"}""");
        Put("AWS::EC2::NetworkAcl", "acl-2", """
            {"Associations":[{"SubnetId":"subnet-2"}],"Entries":[
              {"Egress":false,"RuleNumber":100,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"},
              {"Egress":true,"RuleNumber":100,"Protocol":"-1","RuleAction":"allow","CidrBlock":"0.0.0.0/0"}]}
            """);
    }

    public IEnumerable<Resource> Resources() => _things.Select(thing =>
        Given.Resource(thing.Value.Type, thing.Key, thing.Key.StartsWith("arn:", StringComparison.Ordinal) ? thing.Key : $"arn:aws:ec2:eu-central-1:111122223333:thing/{thing.Key}", thing.Value.Json.ToJsonString()));

    public NetworkModel Model()
    {
        var builder = new NetworkBuilder();
        foreach (var resource in Resources())
        {
            builder.Add(resource);
        }

        foreach (var type in Unread)
        {
            builder.Miss(type, Given.AccountId, Given.Region);
        }

        return builder.Build();
    }

    public IReadOnlyList<PostureExposure> Exposures(string from = "Internet")
    {
        var model = Model();
        return [.. new Exposures(model, Origin.Parse(from, model)).All()];
    }

    /// <summary>The one exposure of a resource by IPv4.</summary>
    public PostureExposure Of(string id, string from = "Internet") => Assert.Single(Exposures(from), exposure => exposure.ResourceId == id && exposure.Family == "IPv4");
}
