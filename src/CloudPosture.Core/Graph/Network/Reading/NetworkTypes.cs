using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>The CloudFormation types that decide what reaches what.</summary>
internal static class NetworkTypes
{
    public const string Vpc = "AWS::EC2::VPC";
    public const string Subnet = "AWS::EC2::Subnet";
    public const string RouteTable = "AWS::EC2::RouteTable";
    public const string NetworkAcl = "AWS::EC2::NetworkAcl";
    public const string SecurityGroup = "AWS::EC2::SecurityGroup";
    public const string PrefixList = "AWS::EC2::PrefixList";
    public const string InternetGateway = "AWS::EC2::InternetGateway";
    public const string Interface = "AWS::EC2::NetworkInterface";
    public const string Instance = "AWS::EC2::Instance";
    public const string Peering = "AWS::EC2::VPCPeeringConnection";
    public const string RegionSettings = "AWS::EC2::RegionSettings";
    public const string Exclusion = "AWS::EC2::VPCBlockPublicAccessExclusion";
    public const string LoadBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    public const string TargetGroup = "AWS::ElasticLoadBalancingV2::TargetGroup";
    public const string ClassicBalancer = "AWS::ElasticLoadBalancing::LoadBalancer";

    /// <summary>All of them, with the services that say for themselves where they listen.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Vpc, Subnet, RouteTable, NetworkAcl, SecurityGroup, PrefixList, InternetGateway, Interface, Instance, Peering, RegionSettings, Exclusion,
        LoadBalancer, TargetGroup, ClassicBalancer, .. VpcServiceReader.Types,
    ];

    /// <summary>Those of EC2, by whose absence nothing is known.</summary>
    public static readonly IReadOnlyList<string> OfEc2 = [.. All.Where(type => type.StartsWith("AWS::EC2::", System.StringComparison.Ordinal))];
}
