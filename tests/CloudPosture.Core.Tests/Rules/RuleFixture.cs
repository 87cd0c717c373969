using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Tests.Rules;

/// <summary>Accounts that rules are tried on.</summary>
internal static class RuleFixture
{
    public const string Account = "111122223333";
    public const string Region = "eu-west-1";
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What the rule says of an account.</summary>
    public static FindingStatus[] Assess(string rule, IEnumerable<Resource> resources, params IReadOnlyList<ReadGap> gaps)
    {
        var snapshot = new MemorySnapshot(Shipped.Content.Catalog.Names.Concat(Shipped.Content.Catalog.EventNames), resources)
        {
            AccountId = Account,
            HarvestedAt = Now,
            Regions = [Region],
            IsManagementAccount = true,
            Gaps = gaps,
        };
        return [.. Assessor.Assess(snapshot, ShippedRules.Rules.Where(candidate => candidate.Id == rule)).Select(finding => finding.Status)];
    }

    public static Resource Resource(string type, JsonElement configuration)
    {
        var id = configuration.EnumerateObject().Select(member => member.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.String);
        var text = id.ValueKind == JsonValueKind.String ? id.GetString()! : "it";
        return new Resource
        {
            Type = type,
            Id = text,
            Name = text,
            Arn = text.StartsWith("arn:", StringComparison.Ordinal) ? text
                : type == "AWS::S3::Bucket" ? $"arn:aws:s3:::{text}"
                : $"arn:aws:test:{Region}:{Account}:{text}",
            AccountId = Account,
            Region = Region,
            Configuration = configuration,
            HarvestId = "fixture",
            HarvestedAt = Now,
            Connection = "fixture",
        };
    }
}
