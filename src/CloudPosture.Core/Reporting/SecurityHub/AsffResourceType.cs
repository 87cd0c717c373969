using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Reporting.SecurityHub;

/// <summary>The names that AWS Security Hub has for types of resources.</summary>
internal static class AsffResourceType
{
    // What is not CloudFormation's name written in another way.
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["AWS::EC2::FlowLog"] = "AwsEc2VpcFlowLog",
        ["AWS::EC2::VPNConnection"] = "AwsEc2VpnConnection",
        ["AWS::ElasticLoadBalancing::LoadBalancer"] = "AwsElbLoadBalancer",
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = "AwsElbv2LoadBalancer",
        ["AWS::Elasticsearch::Domain"] = "AwsElasticsearchDomain",
        ["AWS::IAM::AccessKey"] = "AwsIamAccessKey",
        ["AWS::IAM::ManagedPolicy"] = "AwsIamPolicy",
        ["AWS::OpenSearchService::Domain"] = "AwsOpenSearchServiceDomain",
    };

    // The abbreviations at the end of a word and before the next: EC2, VPC of VPCEndpoint, DB of DBInstance.
    private static readonly Regex Abbreviation = new("(?<=[A-Z])[A-Z]+(?![a-z])", RegexOptions.CultureInvariant);

    /// <summary>The name of a CloudFormation type: <c>AWS::S3::Bucket</c> is AwsS3Bucket, and the account AwsAccount.</summary>
    public static string Of(string resourceType)
    {
        if (Others.TryGetValue(resourceType, out var other))
        {
            return other;
        }

        var parts = resourceType.Split([':'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 2 || parts[0] != "AWS" ? "Other" : "Aws" + string.Concat(parts.Skip(1).Select(Pascal));
    }

    private static string Pascal(string part) => Abbreviation.Replace(part, match => match.Value.ToLowerInvariant());
}
