using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Protocols;

namespace CloudPosture.Aws.Endpoints;

/// <summary>Finds the endpoint of a request.</summary>
internal sealed class EndpointResolver
{
    private const string RegionalHost = "{service}{fips}.{region}.{dns}";
    private const string RegionalDualStackHost = "{service}{fips}.{region}.{dualStack}";

    // Services whose dual-stack hosts are not named like the others'.
    private static readonly Dictionary<string, string> DualStackHosts = new(StringComparer.Ordinal)
    {
        ["s3"] = "{service}{fips}.dualstack.{region}.{dns}",
        ["s3-control"] = "{service}{fips}.dualstack.{region}.{dns}",
        ["elasticfilesystem"] = "efs{fips}.{region}.{dualStack}",
        ["secretsmanager"] = RegionalHost,
    };

    // A bucket's name can be a host's first label only if TLS certificates (no dots) and DNS (no upper case) allow it.
    private static readonly Regex HostableBucket = new("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant);

    private readonly AwsClientOptions _options;
    private readonly Func<string, string?> _environment;
    private readonly ConcurrentDictionary<string, Uri?> _custom = new(StringComparer.Ordinal);

    public EndpointResolver(AwsClientOptions options)
    {
        _options = options;
        _environment = options.Environment ?? Environment.GetEnvironmentVariable;
        if (options.EndpointUrl is { } url)
        {
            Accept(url.OriginalString, "-EndpointUrl");
        }
    }

    /// <summary>The endpoint of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="region">The caller's Region.</param>
    /// <exception cref="AwsConfigurationException">The Region or the endpoint set by the caller is unusable.</exception>
    public Endpoint Resolve(AwsRequest request, string region)
    {
        var service = request.Operation.Service;
        var partition = Partition.Of(region);
        var global = partition.GlobalServices.TryGetValue(service.EndpointPrefix, out var found) ? found : null;
        var signingRegion = global?.Region ?? region;
        if (Custom(service) is { } custom)
        {
            // An address on the own machine has no subdomains, so neither account nor bucket go before it.
            return new Endpoint(WithPrefix(custom, IsLoopback(custom) ? null : request.HostPrefix), signingRegion, false);
        }

        var host = Host(service, partition, global, signingRegion);
        return request.Bucket is { } bucket && HostableBucket.IsMatch(bucket) && request.Operation.Name != "GetBucketLocation"
            ? new Endpoint(new Uri($"https://{bucket}.{host}"), signingRegion, true)
            : new Endpoint(new Uri($"https://{request.HostPrefix}{host}"), signingRegion, false);
    }

    /// <summary>Whether a Region must be enabled by an account before it can be called.</summary>
    public static bool IsOptIn(string region) => Partition.Find(region)?.OptInRegions.Contains(region) ?? false;

    private string Host(ServiceModel service, Partition partition, GlobalService? global, string region)
    {
        if (_options.UseFips && partition.NoFips)
        {
            throw new AwsConfigurationException($"The partition {partition.Name} has no FIPS endpoints: call it without them.");
        }

        var prefix = service.EndpointPrefix;
        var template = _options.UseDualStack
            ? global?.DualStackHost ?? (DualStackHosts.TryGetValue(prefix, out var special) ? special : RegionalDualStackHost)
            : global?.Host ?? RegionalHost;
        var plainIsFips = _options.UseDualStack ? partition.PlainIsFipsDualStack : partition.PlainIsFips;
        return template
            .Replace("{service}", prefix)
            .Replace("{fips}", _options.UseFips && !plainIsFips.Contains(prefix) ? "-fips" : "")
            .Replace("{region}", region)
            .Replace("{dns}", partition.Dns)
            .Replace("{dualStack}", partition.DualStack);
    }

    private Uri? Custom(ServiceModel service) => _options.EndpointUrl ?? _custom.GetOrAdd(service.ServiceId, FromEnvironment);

    private Uri? FromEnvironment(string serviceId)
    {
        if (string.Equals(_environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var own = "AWS_ENDPOINT_URL_" + serviceId.ToUpperInvariant().Replace(' ', '_');
        return _environment(own) is { Length: > 0 } specific ? Accept(specific, own)
            : _environment("AWS_ENDPOINT_URL") is { Length: > 0 } general ? Accept(general, "AWS_ENDPOINT_URL")
            : null;
    }

    private static Uri Accept(string url, string source)
    {
        // What stands before an @ may be a password.
        var shown = url.Substring(url.LastIndexOf('@') + 1);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new AwsConfigurationException($"{source} is '{shown}', which is not an endpoint. Give an address like https://host:port, without a user's name.");
        }

        return uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri)
            ? uri
            : throw new AwsConfigurationException($"{source} is '{shown}': plain http would let anybody on the way read the answers. Use https; http is for loopback addresses (127.0.0.1, ::1, localhost) alone.");
    }

    // Uri.IsLoopback also takes the machine's own name for loopback, though that may be an address on the network.
    private static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Uri WithPrefix(Uri uri, string? prefix) =>
        string.IsNullOrEmpty(prefix) ? uri : new UriBuilder(uri) { Host = prefix + uri.Host }.Uri;
}
