using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>Judges whether somebody may use the key that data is encrypted with. Keys that AWS manages serve everyone in the account who may ask the service.</summary>
internal sealed class DataKeys(PathContent content, IdentityEstate estate)
{
    /// <summary>The type of keys.</summary>
    public const string Type = "AWS::KMS::Key";

    private const string Decrypt = "kms:Decrypt";
    private const string OfAws = "alias/aws/";
    private readonly ResourcePolicyField? _policy = content.Policies.FirstOrDefault(field => field.Type == Type);
    private Dictionary<string, Resource>? _keys;

    private Dictionary<string, Resource> Keys => _keys ??= (
        from account in estate.Accounts
        where account.Others.ContainsKey(Type)
        from key in account.Others[Type]
        from name in new[] { key.Arn, $"{account.AccountId} {key.Region} {key.Id}" }
        select (name, key)).GroupBy(pair => pair.name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().key, StringComparer.Ordinal);

    /// <summary>What it takes to use the keys of a resource; null where one may not be used.</summary>
    public PartJudgement? Judge(Identity identity, Resource resource, DataWay way)
    {
        PartJudgement? result = PartJudgement.Nothing;
        foreach (var name in way.Key!.FindAll(resource.Configuration)
            .Where(value => value.ValueKind == JsonValueKind.String)
            .Select(value => value.GetString()!)
            .Where(name => !name.Contains(OfAws))
            .Distinct(StringComparer.Ordinal))
        {
            result = result?.And(Judge(identity, resource, name));
        }

        return resource.Gaps.Any(gap => gap.Field is { } unread && way.Key.IsTouchedBy(unread)) ? result?.If($"the key of {resource.Id} lets it be read: that was not read") : result;
    }

    private PartJudgement? Judge(Identity identity, Resource resource, string name)
    {
        if (!Keys.TryGetValue(name, out var key) && !Keys.TryGetValue($"{resource.AccountId} {resource.Region} {name}", out key))
        {
            return PartJudgement.Nothing.If($"the key {name} lets it be read: it was not read");
        }

        if (key.Configuration.Member("Metadata")?.Text("KeyManager") == "AWS")
        {
            return PartJudgement.Nothing;
        }

        return PartJudgement.Of(Decrypt, key.Arn, estate.Decide(identity, new Ask(Decrypt, key.Arn)
        {
            AccountId = key.AccountId,
            ResourcePolicy = _policy?.Of(key),
            Tags = key.Tags,
            Region = key.Region,
            Context = [new("kms:ViaService", [$"{ServiceOf(resource)}.{key.Region}.amazonaws.com"]), new("kms:CallerAccount", [identity.AccountId])],
        }));
    }

    private static string ServiceOf(Resource resource) => Policies.Patterns.Arn.ServiceOf(resource.Arn) ?? "";
}
