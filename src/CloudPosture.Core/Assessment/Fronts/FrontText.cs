using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Reads what configurations of several services write alike.</summary>
internal static class FrontText
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;
    private const char Variable = '$';
    private const string Authority = "://";
    private static readonly Regex Invocation = new(@":lambda:path/[^/]+/functions/(?<arn>arn:[^/]+)/invocations$", RegexOptions.CultureInvariant);
    private static readonly Regex Service = new(@"^arn:(?<partition>[a-z-]+):apigateway:(?<region>[a-z0-9-]+):(?:[^:.]+\.)?(?<service>[a-z0-9-]+):path/(?<path>.+)$", RegexOptions.CultureInvariant);
    private static readonly Regex BucketName = new(@"^[a-z0-9][a-z0-9.-]+$", RegexOptions.CultureInvariant);

    /// <summary>What is kept of a resource.</summary>
    public static SharedThing Thing(Resource resource) => new(resource.Type, resource.Id, resource.Arn, resource.AccountId, resource.Region);

    /// <summary>The name that API Gateway gave an API.</summary>
    public static string ApiHost(Resource api) =>
        $"{api.Id.ToLowerInvariant()}.execute-api.{api.Region}.amazonaws.com{(Arn.Parts(api.Arn)?[1] == "aws-cn" ? ".cn" : "")}";

    /// <summary>Several guards in one text.</summary>
    public static string Joined(params IEnumerable<string?> guards) => string.Join("; ", guards.Where(guard => !string.IsNullOrEmpty(guard)).Distinct(StringComparer.Ordinal));

    /// <summary>The guard that a web ACL is.</summary>
    public static string? Firewall(string? acl) => string.IsNullOrEmpty(acl) ? null : $"the web ACL {acl} may refuse requests";

    /// <summary>The function that an integration of API Gateway invokes; null where it names none, or by a variable.</summary>
    public static string? FunctionOf(string uri) =>
        uri.IndexOf(Variable) >= 0 ? null
        : Invocation.Match(uri) is { Success: true } match ? match.Groups["arn"].Value
        : uri.StartsWith("arn:", StringComparison.Ordinal) && uri.Contains(":function:") ? uri
        : null;

    /// <summary>The ARN of the bucket or queue that an integration of API Gateway names in its path; null for none.</summary>
    public static string? ResourceOf(string uri)
    {
        if (Service.Match(uri) is not { Success: true } match)
        {
            return null;
        }

        var (partition, parts) = (match.Groups["partition"].Value, match.Groups["path"].Value.Split('/'));
        return match.Groups["service"].Value switch
        {
            "s3" when BucketName.IsMatch(parts[0]) => $"arn:{partition}:s3:::{parts[0]}",
            "sqs" when parts.Length > 1 && AccountIds.IsValid(parts[0]) => $"arn:{partition}:sqs:{match.Groups["region"].Value}:{parts[0]}:{parts[1]}",
            _ => null,
        };
    }

    /// <summary>A URL without its path; what is none as it is.</summary>
    public static string SiteOf(string url) =>
        url.IndexOf(Authority, StringComparison.Ordinal) is > 0 and var at && url.IndexOfAny(['/', '?', '#'], at + Authority.Length) is > 0 and var path ? url.Substring(0, path) : url;

    /// <summary>The host and port of a URL; null where it has none that is known.</summary>
    public static (string Host, int Port)? HostOf(string url)
    {
        var site = SiteOf(url);
        return site.IndexOf('{') < 0 && Uri.TryCreate(site, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
            ? (address.Host.ToLowerInvariant(), address.Port > 0 ? address.Port : address.Scheme == "http" ? HttpPort : HttpsPort)
            : null;
    }

    /// <summary>A number of a configuration.</summary>
    public static int? Number(JsonElement json, string name) =>
        json.Member(name) is { } value && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
