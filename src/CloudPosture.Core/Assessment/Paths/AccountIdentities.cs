using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Paths;

/// <summary>The identities of one account, what works with them, and what may stand open without a network, for rules that ask. Of what there may be very much, only the role is kept.</summary>
internal sealed class AccountIdentities : AccountDigest
{
    // What has a role and answers requests, what holds data, and the blocks over them.
    private static readonly HashSet<string> SharedTypes = new(StringComparer.Ordinal)
    {
        "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::S3::Bucket", "AWS::S3::AccountPublicAccessBlock", "AWS::SecretsManager::Secret",
        "AWS::OpenSearchService::Domain", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::CloudFront::Distribution", "AWS::EC2::RegionSettings",
    };

    private static readonly HashSet<string> Whole = new([.. IdentityReader.Types, .. PathEntries.Types, DataKeys.Type, ManagedInstances.Type], StringComparer.Ordinal);
    private static readonly HashSet<string> Wanted = new(PathFinder.Types, StringComparer.Ordinal);
    private static readonly ILookup<string, JsonPath> Roles = EscalationMethods.Shipped.Select(method => method.Through).OfType<EscalationThing>()
        .Where(thing => thing.Type is not null).SelectMany(thing => thing.Roles, (thing, path) => (thing.Type, path)).Distinct().ToLookup(pair => pair.Type!, pair => pair.path, StringComparer.Ordinal);

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;
    private readonly AccountIndex _account;
    private readonly List<Resource> _resources = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly SharedThings _shared;
    private Func<string, Owner>? _ownerOf;

    private AccountIdentities(AccountIndex account)
    {
        _account = account;
        _shared = new SharedThings(id => (_ownerOf ?? (other => new Owner(other, account.Partition)))(id));
    }

    /// <summary>What makes them.</summary>
    public static DigestKind Kind { get; } = new([.. Whole.Concat(Wanted).Concat(SharedTypes).Distinct(StringComparer.Ordinal)], account => new AccountIdentities(account));

    /// <summary>Those of an account, among whose needs is <see cref="Kind"/>.</summary>
    public static IdentityAccount Of(AccountIndex account) =>
        IdentityReader.Read(account.Snapshot, account.Catalog, ((AccountIdentities)account.Digest(Kind))._resources, PathFinder.Types);

    /// <summary>What everyone may reach that has no network interface of its own.</summary>
    public static IEnumerable<PostureExposure> Shared(AccountIndex account, Func<string, Owner> ownerOf)
    {
        var digest = (AccountIdentities)account.Digest(Kind);
        digest._ownerOf = ownerOf;
        return digest._shared.All();
    }

    public override void Add(Resource resource)
    {
        if (SharedTypes.Contains(resource.Type))
        {
            _shared.Add(resource);
        }

        if (Whole.Contains(resource.Type))
        {
            _resources.Add(resource);
        }
        else if (Roles.Contains(resource.Type))
        {
            // Of those without a role it matters that there are some.
            var trimmed = Trimmed(resource);
            if (_seen.Add(resource.Type) || trimmed is not null)
            {
                _resources.Add(trimmed ?? resource with { Configuration = Nothing });
            }
        }
        else if (Wanted.Contains(resource.Type) && _seen.Add(resource.Type))
        {
            _resources.Add(resource with { Configuration = Nothing });
        }
    }

    private static Resource? Trimmed(Resource resource)
    {
        var found = Roles[resource.Type].Select(path => (Path: path, Value: path.FindAll(resource.Configuration).FirstOrDefault())).Where(pair => pair.Value.ValueKind == JsonValueKind.String).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        if (found.Exists(pair => pair.Path.Text.IndexOf('[') >= 0))
        {
            return resource;
        }

        var json = new JsonObject();
        foreach (var (path, value) in found)
        {
            var names = path.Text.Split('.');
            var at = json;
            foreach (var name in names.Take(names.Length - 1))
            {
                at = at[name] as JsonObject ?? (JsonObject)(at[name] = new JsonObject());
            }

            at[names[names.Length - 1]] = value.GetString();
        }

        return resource with { Configuration = JsonDocument.Parse(json.ToJsonString()).RootElement };
    }
}
