using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content.Cases;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Items;
using CloudPosture.Json;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Posture.Cases;

/// <summary>Makes accounts of cases, as a harvest would have left them.</summary>
/// <param name="catalog">What can be harvested.</param>
/// <param name="bases">A record of each type.</param>
internal sealed class CaseEstate(ServiceCatalog catalog, IReadOnlyDictionary<string, JsonObject> bases)
{
    public const string AccountId = "111122223333";
    public const string HomeRegion = "us-east-1";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What can be harvested.</summary>
    public ServiceCatalog Catalog => catalog;

    /// <summary>The account of a case.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="given">The case.</param>
    /// <returns>The account, and the ARN of the resource that the case is about; null where it is about the account or a Region.</returns>
    /// <exception cref="KeyNotFoundException">A type has no base, or nothing harvests it.</exception>
    public (IAccountSnapshot Account, string? Arn) Account(Rule rule, RuleCase given)
    {
        var region = given.Region ?? HomeRegion;
        var resources = new List<Resource>();
        var subject = IsAbout(rule, given) ? Make(rule.ResourceType, given.Patch, region, 0, given) : null;
        if (subject is not null)
        {
            resources.Add(subject);
        }

        foreach (var (type, patches) in given.With.Select(with => (with.Key, with.Value)))
        {
            // The first of a type shares the case's number, so that references between types meet.
            var first = subject?.Type == type ? 1 : 0;
            resources.AddRange(patches.Select((patch, index) => Make(type, patch, region, first + index, null)));
        }

        var snapshot = new MemorySnapshot(catalog.Names.Append(rule.Service), resources)
        {
            AccountId = AccountId,
            HarvestedAt = Now,
            Regions = region == HomeRegion ? [HomeRegion] : [HomeRegion, region],
            IsManagementAccount = given.IsManagementAccount || rule.ManagementAccountOnly,
            Gaps = [.. given.Gaps.Where(IsOfType).Select(gap => Gap(gap == "*" ? rule.ResourceType : gap, null, region))],
        };
        return (snapshot, rule.Scope == RuleScope.Resource ? subject?.Arn : null);
    }

    private bool IsAbout(Rule rule, RuleCase given) =>
        !given.Gaps.Contains("*") && bases.ContainsKey(rule.ResourceType) && (rule.Scope == RuleScope.Resource || given.Patch.Count > 0 || given.With.Count == 0);

    private static bool IsOfType(string gap) => gap == "*" || gap.Contains("::");

    private Resource Make(string type, JsonObject patch, string region, int index, RuleCase? given)
    {
        var (service, entry) = Find(type);
        var place = new CasePlace(AccountId, region, "o-a1b2c3d4e5", index == 0 ? "1" : $"1-{index}", Now);
        var record = bases.TryGetValue(type, out var known) ? known : throw new KeyNotFoundException($"cases.yaml of '{service}' has no base for {type}.");
        var unread = new JsonObject(given?.Gaps.Where(gap => !IsOfType(gap)).Select(field => new KeyValuePair<string, JsonNode?>(field, null)) ?? []);
        var listed = JsonDocument.Parse(place.Fill(CasePatch.Apply(CasePatch.Apply(record, patch), unread))!.ToJsonString()).RootElement;
        var account = new HarvestedAccount { AccountId = AccountId, AccountName = "case", Connection = "case", Partition = "aws" };
        using var draft = new ItemDraft(entry, account, region, listed);
        var resource = draft.ToResource("case", Now, service) ?? throw new KeyNotFoundException($"the base of {type} has neither id nor ARN.");
        using var buffer = new ByteBuffer();
        using (var json = new Utf8JsonWriter(buffer))
        {
            draft.WriteConfiguration(json);
        }

        return resource with
        {
            Configuration = buffer.ToJson(),
            Tags = given is { Tags.Count: > 0 } ? given.Tags : resource.Tags,
            Gaps = given is null ? [] : [.. given.Gaps.Where(gap => !IsOfType(gap)).Select(field => Gap(type, field, region))],
        };
    }

    private ReadGap Gap(string type, string? field, string region)
    {
        var (service, entry) = Find(type);
        return new ReadGap
        {
            Service = service,
            ResourceType = type,
            Field = field,
            Region = entry.IsGlobal ? ResourceRegion.Global : region,
            Operation = "Any",
            Reason = GapReason.AccessDenied,
            Code = "AccessDenied",
            Message = "not allowed",
        };
    }

    private (string Service, ResourceEntry Entry) Find(string type) =>
        catalog.Services.Concat(catalog.Events).SelectMany(service => service.Resources, (service, entry) => (service.Name, entry)).FirstOrDefault(pair => pair.entry.Type == type) is { entry: not null } found
            ? found
            : throw new KeyNotFoundException($"nothing harvests {type}.");
}
