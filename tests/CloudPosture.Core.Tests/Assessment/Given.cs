using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Tests.Assessment;

/// <summary>Small accounts and rules, written as the tests read them.</summary>
internal static class Given
{
    public const string AccountId = "111122223333";
    public const string Region = "eu-central-1";
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Services = ["s3", "ec2", "iam", "cloudtrail", "logs", "cloudwatch", "sns", "account", "kms"];

    public static RuleSet Rules(string yaml) => new(Shipped.Content.Catalog, RuleReader.Read("rules.yaml", new StringReader(yaml), RuleReading.Plain(Shipped.Content.Catalog)));

    /// <summary>A rule on AWS::S3::Bucket with the condition.</summary>
    public static RuleSet RuleOnBuckets(string condition) => Rule("AWS::S3::Bucket", condition);

    public static RuleSet Rule(string type, string condition, string extra = "") => Rules($$"""
        id: Test.Rule
        title: As it should be
        severity: High
        service: s3
        resource: {{type}}
        condition: {{condition}}
        {{extra}}
        """);

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static Resource Bucket(string name, string configuration = "{}", params ReadGap[] gaps) => Resource("AWS::S3::Bucket", name, $"arn:aws:s3:::{name}", configuration, gaps: gaps);

    public static Resource Resource(string type, string id, string arn, string configuration = "{}", string region = Region, IReadOnlyList<ReadGap>? gaps = null) => new()
    {
        Type = type,
        Id = id,
        Arn = arn,
        Name = id,
        AccountId = AccountId,
        Region = region,
        Configuration = Json(configuration),
        Gaps = gaps ?? [],
        Tags = new Dictionary<string, string> { ["Owner"] = "team" },
        HarvestId = "h1",
        HarvestedAt = Now,
        Connection = "prod",
    };

    public static ReadGap Gap(string type, string? field = null, string region = "global", string action = "s3:GetBucketPolicy") => new()
    {
        Service = "s3",
        ResourceType = type,
        Field = field,
        Region = region,
        Operation = "GetBucketPolicy",
        Action = action,
        Reason = GapReason.AccessDenied,
        Code = "AccessDenied",
        Message = "not allowed",
    };

    public static MemorySnapshot Account(params IEnumerable<Resource> resources) => new(Services, resources)
    {
        AccountId = AccountId,
        AccountName = "demo",
        HarvestedAt = Now,
        Regions = [Region, "us-east-1"],
        Connection = "prod",
        HarvestId = "h1",
    };

    /// <summary>The one finding of a rule on one resource.</summary>
    public static Finding Finding(RuleSet rules, params IEnumerable<Resource> resources) => Assert.Single(Assessor.Assess(Account(resources), rules));

    public static FindingStatus Status(RuleSet rules, params IEnumerable<Resource> resources) => Finding(rules, resources).Status;
}
