using System;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Reporting.Content;

/// <summary>Where a finding's resource is, in the words of formats that want partition and Region.</summary>
internal static class ResourcePlace
{
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

    /// <summary>Its Region; of what belongs to none, the one in which its partition keeps it: IAM's, which in China is not the one that answers for the rest.</summary>
    public static string RegionOf(Finding finding) => finding.Region != ResourceRegion.Global ? finding.Region : (Partition.Named(PartitionOf(finding)) ?? Partition.All[0]).GlobalServices["iam"].Region;
}
