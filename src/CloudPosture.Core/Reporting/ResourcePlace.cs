using System;
using CloudPosture.Lake;

namespace CloudPosture.Reporting;

/// <summary>Where a finding's resource is, in the words of formats that want partition and Region.</summary>
internal static class ResourcePlace
{
    private const string Global = "global";
    private const string Commercial = "aws";
    private const string Scheme = "arn:";

    /// <summary>The partition that its ARN names; <c>aws</c> where it has none.</summary>
    public static string PartitionOf(Finding finding)
    {
        var arn = finding.ResourceArn;
        var end = arn.StartsWith(Scheme, StringComparison.Ordinal) ? arn.IndexOf(':', Scheme.Length) : -1;
        return end < 0
            ? Commercial
            : arn.Substring(Scheme.Length, end - Scheme.Length) switch { "aws-cn" => "aws-cn", "aws-us-gov" => "aws-us-gov", "aws-eusc" => "aws-eusc", _ => Commercial };
    }

    /// <summary>Its Region; of what belongs to none, the one in which its partition keeps it.</summary>
    public static string RegionOf(Finding finding) => finding.Region != Global ? finding.Region : PartitionOf(finding) switch
    {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        "aws-eusc" => "eusc-de-east-1",
        _ => "us-east-1",
    };
}
