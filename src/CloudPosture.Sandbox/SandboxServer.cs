using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Sandbox.Protocols;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CloudPosture.Sandbox;

/// <summary>An AWS on loopback: all services of the API models on one port, for one synthetic organization.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly CallPipeline _pipeline;

    private SandboxServer(WebApplication host, CallPipeline pipeline) => (_host, _pipeline) = (host, pipeline);

    /// <summary>The endpoint of every service (<c>http://127.0.0.1:port</c>).</summary>
    public Uri Url => field ??= new Uri(_host.Urls.First());

    public SandboxOrganization Organization => _pipeline.Organization;

    /// <summary>The calls so far.</summary>
    public CallLog Calls => _pipeline.Calls;

    /// <summary>Faults on command.</summary>
    public FaultPlan Faults => _pipeline.Faults;

    /// <summary>Temporary delegation: who takes part, and what was told.</summary>
    public SandboxDelegation Delegation => _pipeline.Delegation;

    /// <summary>What programs on an instance, in a container and signed in to SSO get their credentials from.</summary>
    public SandboxMachine Machine => _pipeline.Machine;

    /// <summary>Starts the sandbox.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        var pipeline = new CallPipeline(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        var host = builder.Build();
        host.Run(context =>
        {
            // Clients read the service's time from here, so it is the sandbox's and not the machine's.
            context.Response.GetTypedHeaders().Date = options.TimeProvider.GetUtcNow();
            return ServeAsync(pipeline, context);
        });
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return new SandboxServer(host, pipeline);
    }

    /// <summary>Denies an IAM action (<c>s3:GetBucketPolicy</c>) in one account, or in all where none is named.</summary>
    public void Deny(string action, string? accountId = null) => _pipeline.Authorizer.Deny(action, accountId);

    /// <summary>Takes back what <see cref="Deny"/> did.</summary>
    public void Allow(string action, string? accountId = null) => _pipeline.Authorizer.Allow(action, accountId);

    /// <summary>Ends the temporary credentials given out so far, before their time.</summary>
    public void EndSessions() => _pipeline.EndSessions();

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _host.StopAsync(patience.Token).ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(KestrelServerOptions kestrel, SandboxOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 16 << 20;
        kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
    }

    private static async Task ServeAsync(CallPipeline pipeline, HttpContext context)
    {
        var request = await ReadAsync(context).ConfigureAwait(false);
        var (answer, fault) = await pipeline.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
        await FaultyTransport.SendAsync(context, answer, fault).ConfigureAwait(false);
    }

    private static async Task<WireRequest> ReadAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return new WireRequest
        {
            Method = context.Request.Method,
            RawPath = mark < 0 ? target : target[..mark],
            RawQuery = mark < 0 ? "" : target[(mark + 1)..],
            Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
        };
    }
}
