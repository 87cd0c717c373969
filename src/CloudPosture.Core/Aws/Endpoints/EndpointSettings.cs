using System;
using System.Collections.Generic;

namespace CloudPosture.Aws.Endpoints;

/// <summary>
/// What a profile of the AWS files says of endpoints. Parameters and environment variables go before it ("Service-specific endpoints" and
/// "Dual-stack and FIPS endpoints", AWS SDKs and Tools Reference Guide).
/// </summary>
public sealed record EndpointSettings
{
    /// <summary>The endpoint of all services (<c>endpoint_url</c>); null for AWS's own.</summary>
    public Uri? Url { get; init; }

    /// <summary>Endpoints of single services (<c>services</c>), by service id (<c>Elastic Load Balancing v2</c>).</summary>
    public IReadOnlyDictionary<string, Uri> ServiceUrls { get; init; } = new Dictionary<string, Uri>();

    /// <summary>True where FIPS 140 endpoints are wanted (<c>use_fips_endpoint</c>).</summary>
    public bool UseFips { get; init; }

    /// <summary>True where endpoints that answer on IPv4 and IPv6 are wanted (<c>use_dualstack_endpoint</c>).</summary>
    public bool UseDualStack { get; init; }

    /// <summary>True where endpoints of the files and the environment are not to count (<c>ignore_configured_endpoint_urls</c>).</summary>
    public bool IgnoresConfiguredUrls { get; init; }
}
