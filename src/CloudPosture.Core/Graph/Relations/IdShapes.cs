using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace CloudPosture.Graph.Relations;

/// <summary>What ids of types look like, so that a value that names something else makes no node of a type.</summary>
internal static class IdShapes
{
    private static readonly Regex GivenOnce = new("^[a-z-]+-(?:[0-9a-f]{8}|[0-9a-f]{17})$", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["AWS::EC2::VPC"] = "vpc-",
        ["AWS::EC2::Subnet"] = "subnet-",
        ["AWS::EC2::Instance"] = "i-",
        ["AWS::EC2::NetworkInterface"] = "eni-",
        ["AWS::EC2::InternetGateway"] = "igw-",
        ["AWS::EC2::EgressOnlyInternetGateway"] = "eigw-",
        ["AWS::EC2::VPNGateway"] = "vgw-",
        ["AWS::EC2::VPNConnection"] = "vpn-",
        ["AWS::EC2::VPCEndpoint"] = "vpce-",
        ["AWS::EC2::NatGateway"] = "nat-",
        ["AWS::EC2::TransitGateway"] = "tgw-",
        ["AWS::EC2::VPCPeeringConnection"] = "pcx-",
        ["AWS::EC2::SecurityGroup"] = "sg-",
        ["AWS::EC2::Image"] = "ami-",
        ["AWS::EC2::Snapshot"] = "snap-",
        ["AWS::EC2::Volume"] = "vol-",
    };

    // What the last part of an ARN begins with, for services whose types it tells apart.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::Role"] = "role/",
        ["AWS::IAM::User"] = "user/",
        ["AWS::IAM::Group"] = "group/",
        ["AWS::IAM::ManagedPolicy"] = "policy/",
        ["AWS::IAM::InstanceProfile"] = "instance-profile/",
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = "loadbalancer/",
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = "targetgroup/",
        ["AWS::ElasticLoadBalancing::LoadBalancer"] = "loadbalancer/",
        ["AWS::Route53::HostedZone"] = "hostedzone/",
    };

    // Where the ARN's service is not the type's in lower case.
    private static readonly Dictionary<string, string[]> Services = new(StringComparer.Ordinal)
    {
        ["ElasticLoadBalancingV2"] = ["elasticloadbalancing"],
        ["CertificateManager"] = ["acm", "iam"],
        ["ACMPCA"] = ["acm-pca"],
        ["StepFunctions"] = ["states"],
        ["KinesisFirehose"] = ["firehose"],
        ["MSK"] = ["kafka"],
        ["OpenSearchService"] = ["es"],
        ["WAFv2"] = ["wafv2"],
        ["EFS"] = ["elasticfilesystem"],
        ["NetworkFirewall"] = ["network-firewall"],
        ["Cognito"] = ["cognito-idp", "cognito-identity"],
        ["DocDB"] = ["rds"],
        ["Neptune"] = ["rds"],
        ["ApiGatewayV2"] = ["apigateway"],
    };

    /// <summary>Whether AWS gives an id once, so that it is enough to find a thing in whatever account.</summary>
    public static bool IsGivenOnce(string type, string id) => type is "AWS::S3::Bucket" or "AWS::Organizations::Account" || GivenOnce.IsMatch(id);

    /// <summary>Whether a value can name something of a type.</summary>
    public static bool Fits(string type, string value)
    {
        if (!value.StartsWith("arn:", StringComparison.Ordinal))
        {
            return !Prefixes.TryGetValue(type, out var prefix) || value.StartsWith(prefix, StringComparison.Ordinal);
        }

        var (typeParts, arnParts) = (type.Split(new[] { "::" }, StringSplitOptions.None), value.Split(':'));
        if (typeParts.Length < 2 || arnParts.Length < 6)
        {
            return false;
        }

        var services = Services.TryGetValue(typeParts[1], out var named) ? named : [typeParts[1].ToLowerInvariant()];
        return Array.IndexOf(services, arnParts[2]) >= 0
            && (!Kinds.TryGetValue(type, out var kind) || arnParts[5].StartsWith(kind, StringComparison.Ordinal))
            && (!Prefixes.ContainsKey(type) || value.IndexOf("/" + Prefixes[type], StringComparison.Ordinal) >= 0);
    }
}
