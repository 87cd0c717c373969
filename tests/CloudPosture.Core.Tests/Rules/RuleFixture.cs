using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment;
using CloudPosture.Content.Yaml;
using CloudPosture.Catalog;
using CloudPosture.Lake;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Tests.Rules;

/// <summary>
/// Accounts that a rule passes, fails or does not apply to, from <c>fixtures/*.yaml</c>. A case is the configuration of one resource
/// of the rule's type, or, where keys are resource types, all resources of the account. The first member is a resource's id.
/// </summary>
internal static class RuleFixture
{
    public const string Account = "111122223333";
    public const string Region = "eu-west-1";
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, YamlMappingNode> Fixtures = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Rules", "fixtures"), "*.yaml")
        .SelectMany(ShippedRules.Items)
        .ToDictionary(fixture => fixture["rule"].ToString());

    public static IEnumerable<string> Rules => Fixtures.Keys;

    /// <summary>How many cases a rule has of a kind (<c>pass</c>, <c>fail</c>, <c>none</c>).</summary>
    public static int Count(string rule, string kind) => Fixtures.TryGetValue(rule, out var fixture) && fixture.Children.TryGetValue(kind, out var cases) ? ((YamlSequenceNode)cases).Children.Count : 0;

    /// <summary>What the rule says of a case.</summary>
    public static FindingStatus[] Assess(string rule, string kind, int number) =>
        Assess(rule, Resources(ShippedRules.Rules.Find(rule)!, (YamlMappingNode)Fixtures[rule][kind][number]));

    /// <summary>What the rule says of an account.</summary>
    public static FindingStatus[] Assess(string rule, IEnumerable<Resource> resources, params IReadOnlyList<ReadGap> gaps)
    {
        var snapshot = new MemorySnapshot(ServiceCatalog.Default.Names, resources)
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

    private static IEnumerable<Resource> Resources(Rule rule, YamlMappingNode account)
    {
        if (!account.Children.Keys.Any(key => key.ToString().Contains("::", StringComparison.Ordinal)))
        {
            return [Resource(rule.ResourceType, YamlJson.Convert(account))];
        }

        return account.Children.SelectMany(child =>
            (child.Value is YamlSequenceNode list ? list.Children : [child.Value]).Select(item => Resource(child.Key.ToString(), YamlJson.Convert(item))));
    }
}
