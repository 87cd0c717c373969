using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Keeps what may stand behind something in front: of buckets and functions their policies.</summary>
internal sealed class FrontBackends
{
    public const string Bucket = "AWS::S3::Bucket";
    public const string Function = "AWS::Lambda::Function";
    private const string Link = "AWS::ApiGatewayV2::VpcLink";
    private const string OfAws = "alias/aws/";

    // Of very many buckets those policies alone are kept that may speak of CloudFront; an origin access identity may be named by its canonical id.
    private static readonly string[] Marks = ["cloudfront", "CanonicalUser"];

    /// <summary>The types that are looked at.</summary>
    public static IReadOnlyList<string> Types { get; } = [Bucket, Function, "AWS::Lambda::Alias", "AWS::Lambda::Version", Link, FrontRegistry.Type];

    public Dictionary<string, FrontBucket> Buckets { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FrontFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The functions that have URLs, by the host in them.</summary>
    public Dictionary<string, FrontFunction> Urls { get; } = new(StringComparer.Ordinal);

    /// <summary>The links by which APIs enter a VPC, by account and id.</summary>
    public Dictionary<(string AccountId, string Id), FrontLink> Links { get; } = [];

    /// <summary>The services of Cloud Map, by ARN.</summary>
    public Dictionary<string, FrontRegistry> Registries { get; } = new(StringComparer.Ordinal);

    /// <summary>Keeps a resource, if it is one that may stand behind.</summary>
    public void Add(Resource resource)
    {
        switch (resource.Type)
        {
            case Bucket:
                Buckets[resource.Name] = BucketOf(resource);
                break;
            case Link:
                Links[(resource.AccountId, resource.Id)] = new FrontLink(Texts(resource, "SubnetIds"), Texts(resource, "SecurityGroupIds"));
                break;
            case FrontRegistry.Type:
                Registries[resource.Arn] = FrontRegistry.Of(resource);
                break;
            case var type when Types.Contains(type, StringComparer.Ordinal):
                AddFunction(resource);
                break;
        }
    }

    private static IReadOnlyList<string> Texts(Resource resource, string member) => [.. resource.Configuration.Items(member).Select(item => item.ToString())];

    private static FrontBucket BucketOf(Resource bucket)
    {
        var policy = PolicyOf(bucket);
        var key = bucket.Configuration.Member("Encryption")?.Items("Rules")
            .Select(rule => rule.Member("ApplyServerSideEncryptionByDefault")?.Text("KMSMasterKeyID"))
            .FirstOrDefault(name => name is not null && !name.Contains(OfAws));
        var namesFronts = policy is not null && Array.Exists(Marks, mark => policy.IndexOf(mark, StringComparison.OrdinalIgnoreCase) >= 0);
        return new FrontBucket(FrontText.Thing(bucket), namesFronts ? policy : null, OpeningReader.IsUnread(bucket, "Policy"), key);
    }

    private void AddFunction(Resource resource)
    {
        var urls = resource.Configuration.Items("UrlConfigs")
            .Select(url => (FrontText.HostOf(url.Text("FunctionUrl") ?? "")?.Host ?? "", url.Text("AuthType") != "NONE"))
            .Where(url => url.Item1.Length > 0).ToList();
        var function = new FrontFunction(FrontText.Thing(resource), PolicyOf(resource), OpeningReader.IsUnread(resource, "Policy"), urls);
        Functions[resource.Arn] = function;
        foreach (var (host, _) in urls)
        {
            Urls[host] = function;
        }
    }

    // The text alone: an element of a document keeps all of it.
    private static string? PolicyOf(Resource resource) => resource.Configuration.Member("Policy") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } policy => policy.GetRawText(),
        _ => null,
    };
}
