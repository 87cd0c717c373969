using System;
using System.Net.Http;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Aws;

/// <summary>How an <see cref="AwsClient"/> reaches AWS.</summary>
public sealed record AwsClientOptions
{
    /// <summary>
    /// One endpoint for all services in place of AWS's. Null: <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, then <c>AWS_ENDPOINT_URL</c>, then
    /// the caller's profile, then AWS's own. Plain http is accepted for loopback addresses alone.
    /// </summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>What the host calls that setting; an error begins with it.</summary>
    public string EndpointUrlName { get; init; } = "The endpoint's address";

    /// <summary>True to call FIPS 140 endpoints; null: <c>AWS_USE_FIPS_ENDPOINT</c>, then the caller's profile.</summary>
    public bool? UseFips { get; init; }

    /// <summary>True to call endpoints that answer on IPv4 and IPv6; null: <c>AWS_USE_DUALSTACK_ENDPOINT</c>, then the caller's profile.</summary>
    public bool? UseDualStack { get; init; }

    /// <summary>The longest time one attempt may take, from connecting to the last byte; 60 seconds unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What the client calls itself in the User-Agent header.</summary>
    public string UserAgent { get; init; } = $"CloudPosture/{typeof(AwsClientOptions).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>How failed attempts are repeated; null takes AWS_MAX_ATTEMPTS and AWS_RETRY_MODE from the environment.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The time that dates signatures, and that passes before another attempt.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Hears of each request as it is sent, repetitions included.</summary>
    public Action<OperationModel>? Sending { get; init; }

    /// <summary>Reads an environment variable; null is the process's environment.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>What sends the signed requests, in place of the client's own pooled connections. It must not follow redirects; it is not disposed.</summary>
    public HttpMessageHandler? HttpMessageHandler { get; init; }
}
