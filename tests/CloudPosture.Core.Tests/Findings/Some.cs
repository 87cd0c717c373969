using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Findings;

/// <summary>Findings to try things with.</summary>
internal static class Some
{
    public const string Account = "111122223333";

    public static readonly DateTimeOffset Day1 = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public static Finding Finding(string id, FindingStatus status = FindingStatus.Fail, int day = 1) => new()
    {
        FindingId = id,
        RuleId = "S3.A",
        Title = "Things are as they should be",
        Status = status,
        Severity = Severity.High,
        Service = "s3",
        ResourceType = "AWS::S3::Bucket",
        ResourceId = id,
        ResourceArn = "arn:aws:s3:::" + id,
        ResourceName = id,
        AccountId = Account,
        AccountName = "prod",
        Region = "eu-west-1",
        Evidence = "x",
        FirstSeen = Day1.AddDays(day - 1),
        LastSeen = Day1.AddDays(day - 1),
        Connection = "c",
        HarvestId = "h" + day,
    };
}
