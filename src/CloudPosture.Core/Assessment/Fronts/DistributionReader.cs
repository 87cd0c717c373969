using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Graph;
using CloudPosture.Graph.Relations;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Reads a distribution of CloudFront: which of its origins its behaviors ask, and as whom.</summary>
internal static class DistributionReader
{
    private const string IdentityMark = "origin-access-identity/cloudfront/";

    public static Front Read(Resource resource)
    {
        var json = resource.Configuration;
        var country = json.Member("Restrictions")?.Member("GeoRestriction");
        return new Front
        {
            Thing = FrontText.Thing(resource),
            Name = resource.Name,
            Hosts = [.. (json.Member("Aliases")?.Items("Items").Select(alias => alias.ToString()) ?? [])
                .Prepend(json.Text("DomainName") ?? "")
                .Select(name => name.ToLowerInvariant())
                .Where(name => name.Length > 0)],
            Stop = json.Flag("Enabled") ? null : new FrontStop(ExposureStop.ServiceSetting, "the distribution is disabled"),
            Guards = FrontText.Joined(FrontText.Firewall(json.Text("WebACLId")), Countries(country)),
            Ways = [.. json.Member("Origins")?.Items("Items").Select(origin => Way(origin, json, resource)).OfType<FrontWay>() ?? []],
        };
    }

    private static string? Countries(JsonElement? restriction) => restriction?.Text("RestrictionType") switch
    {
        "whitelist" => $"only these countries are served: {Names(restriction.Value)}",
        "blacklist" => $"these countries are not served: {Names(restriction.Value)}",
        _ => null,
    };

    private static string Names(JsonElement restriction) => string.Join(", ", restriction.Items("Items").Select(country => country.ToString()));

    private static FrontWay? Way(JsonElement origin, JsonElement distribution, Resource resource)
    {
        var id = origin.Text("Id");
        var behaviors = Behaviors(distribution).Where(behavior => OriginsOf(behavior, distribution).Contains(id, StringComparer.Ordinal)).ToList();
        if (behaviors.Count == 0 || origin.Text("DomainName") is not { Length: > 0 } domain)
        {
            return null;
        }

        var open = behaviors.Where(behavior => !IsSigned(behavior)).ToList();
        return new FrontWay($"origin {id}", FrontTargetKind.Host, RelationValue.Domain(domain))
        {
            Ports = PortsOf(origin),
            Stop = open.Count > 0 ? null : new FrontStop(ExposureStop.Policy, $"each behavior that asks {id} wants signed URLs or cookies"),
            Guards = open.Count > 0 && open.TrueForAll(RunsCode) ? "code at the edge may refuse requests" : "",
            Signer = SignerOf(origin, resource),
            Sources = [resource.Arn],
            LinkId = origin.Member("VpcOriginConfig")?.Text("VpcOriginId"),
        };
    }

    private static IEnumerable<JsonElement> Behaviors(JsonElement distribution) =>
        (distribution.Member("CacheBehaviors")?.Items("Items") ?? []).Concat(distribution.Member("DefaultCacheBehavior") is { } behavior ? [behavior] : []);

    private static IEnumerable<string?> OriginsOf(JsonElement behavior, JsonElement distribution)
    {
        var target = behavior.Text("TargetOriginId");
        var group = (distribution.Member("OriginGroups")?.Items("Items") ?? []).FirstOrDefault(each => each.Text("Id") == target);
        return group.ValueKind == JsonValueKind.Object ? group.Member("Members")?.Items("Items").Select(member => member.Text("OriginId")) ?? [] : [target];
    }

    private static bool IsSigned(JsonElement behavior) => new[] { "TrustedKeyGroups", "TrustedSigners" }.Any(name => behavior.Member(name)?.Flag("Enabled") == true);

    private static bool RunsCode(JsonElement behavior) => new[] { "FunctionAssociations", "LambdaFunctionAssociations" }
        .SelectMany(name => behavior.Member(name)?.Items("Items") ?? []).Any(function => function.Text("EventType") is "viewer-request" or "origin-request");

    private static FrontSigner? SignerOf(JsonElement origin, Resource resource)
    {
        if (origin.Text("OriginAccessControlId") is { Length: > 0 })
        {
            return FrontSigner.Service(FrontSigner.CloudFront);
        }

        var identity = origin.Member("S3OriginConfig")?.Text("OriginAccessIdentity") ?? "";
        var partition = Arn.Parts(resource.Arn)?[1] ?? "aws";
        return identity.StartsWith(IdentityMark, StringComparison.Ordinal) && identity.Substring(IdentityMark.Length) is var name
            ? new FrontSigner(RequesterKind.Signed, $"arn:{partition}:iam::cloudfront:user/CloudFront Origin Access Identity {name}", $"the origin access identity {name}")
            : null;
    }

    private static IReadOnlyList<int> PortsOf(JsonElement origin)
    {
        if (origin.Member("CustomOriginConfig") is not { } custom)
        {
            return [];
        }

        var (plain, secure) = (FrontText.Number(custom, "HTTPPort") ?? 80, FrontText.Number(custom, "HTTPSPort") ?? 443);
        return custom.Text("OriginProtocolPolicy") switch { "http-only" => [plain], "https-only" => [secure], _ => [secure, plain] };
    }
}
