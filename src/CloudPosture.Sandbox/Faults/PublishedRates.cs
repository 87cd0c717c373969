using System.Collections.Generic;

namespace CloudPosture.Sandbox.Faults;

/// <summary>The rates AWS publishes, and assumed ones where it publishes none, for <see cref="SandboxOptions.Rates"/>.</summary>
public static class PublishedRates
{
    public static IReadOnlyList<RateLimit> All { get; } =
    [
        // "Request throttling for the Amazon EC2 API": a bucket for each describing operation.
        new("ec2", [], 100, 20, IsPerOperation: true),
        // "Quotas for AWS Organizations".
        new("organizations", ["ListAccounts"], 12, 8),
        new("organizations", ["ListParents", "ListAccountsForParent", "ListOrganizationalUnitsForParent"], 8, 5, IsPerOperation: true),
        new("organizations", ["ListRoots", "DescribeOrganization"], 2, 1, IsPerOperation: true),
        new("organizations", ["DescribeAccount"], 30, 20),
        new("organizations", [], 8, 5, IsPerOperation: true),
        // KMS "Throttling quotas".
        new("kms", ["DescribeKey"], 2000, 2000),
        new("kms", ["GetKeyPolicy", "GetKeyRotationStatus"], 1000, 1000, IsPerOperation: true),
        new("kms", ["ListKeys", "ListAliases"], 500, 500, IsPerOperation: true),
        new("kms", [], 100, 100, IsPerOperation: true),
        // "Lambda quotas".
        new("lambda", ["GetPolicy"], 15, 15),
        new("lambda", ["GetFunction"], 100, 100),
        new("lambda", [], 15, 15),
        // "Quotas in AWS CloudTrail".
        new("cloudtrail", ["LookupEvents"], 2, 2),
        new("cloudtrail", [], 10, 10, IsPerOperation: true),
        new("sts", [], 600, 600),
        new("logs", ["DescribeMetricFilters"], 5, 5),
        new("logs", ["DescribeLogGroups"], 10, 10),
        new("cloudwatch", ["DescribeAlarms"], 9, 9),
        new("apigateway", [], 40, 10),
        // AWS publishes no figures for these: assumptions.
        new("iam", ["GetAccountAuthorizationDetails"], 10, 10),
        new("iam", [], 30, 30),
        new("config", [], 10, 10),
        new("guardduty", [], 10, 10),
    ];
}
