using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
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
    private readonly bool? _useFips;
    private readonly bool? _useDualStack;
    private readonly bool? _ignoresUrls;
    private readonly ConcurrentDictionary<string, Uri?> _custom = new(StringComparer.Ordinal);

    public EndpointResolver(AwsClientOptions options)
    {
        _options = options;
        _environment = options.Environment ?? Environment.GetEnvironmentVariable;
        _useFips = Flag("AWS_USE_FIPS_ENDPOINT");
        _useDualStack = Flag("AWS_USE_DUALSTACK_ENDPOINT");
        _ignoresUrls = Flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        if (options.EndpointUrl is { } url)
        {
            EndpointUrl.Accept(url.OriginalString, options.EndpointUrlName);
        }
    }

    /// <summary>The endpoint of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="region">The caller's Region.</param>
    /// <param name="settings">What the caller's profile says.</param>
    /// <exception cref="AwsConfigurationException">The Region or the endpoint set by the caller is unusable.</exception>
    public Endpoint Resolve(AwsRequest request, string region, EndpointSettings? settings)
    {
        var service = request.Operation.Service;
        var partition = Partition.Of(region);
        var global = partition.GlobalServices.TryGetValue(service.EndpointPrefix, out var found) ? found : null;
        var signingRegion = global?.Region ?? region;
        if (Custom(service, settings) is { } custom)
        {
            // An address on the own machine has no subdomains, so neither account nor bucket go before it.
            return new Endpoint(WithPrefix(custom, EndpointUrl.IsLoopback(custom) ? null : request.HostPrefix), signingRegion, false);
        }

        var host = Host(service, partition, global, signingRegion, settings);
        return request.Bucket is { } bucket && HostableBucket.IsMatch(bucket) && request.Operation.Name != "GetBucketLocation"
            ? new Endpoint(new Uri($"https://{bucket}.{host}"), signingRegion, true)
            : new Endpoint(new Uri($"https://{request.HostPrefix}{host}"), signingRegion, false);
    }

    /// <summary>Whether a Region must be enabled by an account before it can be called.</summary>
    public static bool IsOptIn(string region) => Partition.Find(region)?.OptInRegions.Contains(region) ?? false;

    private string Host(ServiceModel service, Partition partition, GlobalService? global, string region, EndpointSettings? settings)
    {
        var useFips = _options.UseFips ?? _useFips ?? settings?.UseFips ?? false;
        var useDualStack = _options.UseDualStack ?? _useDualStack ?? settings?.UseDualStack ?? false;
        if (useFips && partition.NoFips)
        {
            throw new AwsConfigurationException($"The partition {partition.Name} has no FIPS endpoints: call it without them.");
        }

        var prefix = service.EndpointPrefix;
        var template = useDualStack
            ? global?.DualStackHost ?? (DualStackHosts.TryGetValue(prefix, out var special) ? special : RegionalDualStackHost)
            : global?.Host ?? RegionalHost;
        var plainIsFips = useDualStack ? partition.PlainIsFipsDualStack : partition.PlainIsFips;
        return template
            .Replace("{service}", prefix)
            .Replace("{fips}", useFips && !plainIsFips.Contains(prefix) ? "-fips" : "")
            .Replace("{region}", region)
            .Replace("{dns}", partition.Dns)
            .Replace("{dualStack}", partition.DualStack);
    }

    private Uri? Custom(ServiceModel service, EndpointSettings? settings)
    {
        if (_options.EndpointUrl is { } given)
        {
            return given;
        }

        return _ignoresUrls ?? settings?.IgnoresConfiguredUrls ?? false
            ? null
            : _custom.GetOrAdd(service.ServiceId, FromEnvironment)
                ?? (settings is null ? null : settings.ServiceUrls.TryGetValue(service.ServiceId, out var own) ? own : settings.Url);
    }

    private Uri? FromEnvironment(string serviceId)
    {
        var own = "AWS_ENDPOINT_URL_" + serviceId.ToUpperInvariant().Replace(' ', '_');
        return _environment(own) is { Length: > 0 } specific ? EndpointUrl.Accept(specific, own)
            : _environment("AWS_ENDPOINT_URL") is { Length: > 0 } general ? EndpointUrl.Accept(general, "AWS_ENDPOINT_URL")
            : null;
    }

    private bool? Flag(string variable) => _environment(variable) is { Length: > 0 } text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : null;

    private static Uri WithPrefix(Uri uri, string? prefix) =>
        string.IsNullOrEmpty(prefix) ? uri : new UriBuilder(uri) { Host = prefix + uri.Host }.Uri;
}
