using System;

namespace CloudPosture.Reporting;

/// <summary>The names that AWS Security Hub has for types of resources.</summary>
internal static class AsffResourceType
{
    /// <summary>The name of a CloudFormation type: <c>AWS::S3::Bucket</c> is AwsS3Bucket, and the account AwsAccount.</summary>
    public static string Of(string resourceType)
    {
        var parts = resourceType.Split([':'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || parts[0] != "AWS")
        {
            return "Other";
        }

        var name = "Aws";
        for (var i = 1; i < parts.Length; i++)
        {
            name += Pascal(parts[i]);
        }

        return name;
    }

    // EC2, IAM, RDS: only the first letter of an abbreviation stays.
    private static string Pascal(string part) =>
        part.ToUpperInvariant() == part ? part[0] + part.Substring(1).ToLowerInvariant() : part;
}
