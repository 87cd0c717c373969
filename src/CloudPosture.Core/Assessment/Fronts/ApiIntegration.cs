using System.Text.Json;
using CloudPosture.Graph;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Fronts;

/// <summary>What a method or a route of an API of API Gateway asks.</summary>
/// <param name="Type">How it asks.</param>
/// <param name="Uri">What it asks; of a URL all but the path.</param>
/// <param name="LinkId">The link by which it enters a VPC; null where it goes over the Internet.</param>
/// <param name="Balancer">The ARN of the load balancer that it asks whatever the URI says; null where the URI says it.</param>
/// <param name="Role">The role as which it asks; null for none.</param>
internal sealed record ApiIntegration(string? Type, string Uri, string? LinkId, string? Balancer, string? Role)
{
    private const string Link = "VPC_LINK";
    private const string Registry = ":servicediscovery:";
    private const string Listener = ":listener/";

    /// <summary>That of a method of a REST API.</summary>
    public static ApiIntegration OfRest(JsonElement json) => new(
        json.Text("type"), FrontText.SiteOf(json.Text("uri") ?? ""), json.Text("connectionType") == Link ? json.Text("connectionId") ?? "" : null, json.Text("integrationTarget"), json.Text("credentials"));

    /// <summary>That of an HTTP or WebSocket API.</summary>
    public static ApiIntegration OfHttp(JsonElement json) => new(
        json.Text("IntegrationType"), FrontText.SiteOf(json.Text("IntegrationUri") ?? ""), json.Text("ConnectionType") == Link ? json.Text("ConnectionId") ?? "" : null, null, json.Text("CredentialsArn"));

    /// <summary>What it is in a stage; null where that hangs on a variable that is not known.</summary>
    public ApiIntegration? In(ApiStage stage) =>
        stage.Filled(Uri) is { } uri && (LinkId is null || stage.Filled(LinkId) is not null) && (Role is null || stage.Filled(Role) is not null)
            ? this with { Uri = uri, LinkId = stage.Filled(LinkId), Role = stage.Filled(Role) }
            : null;

    /// <summary>Where it leads; null where that cannot be told.</summary>
    public FrontWay? Way(string label) => Type is "HTTP" or "HTTP_PROXY" ? ByHttp(label) : ByService(label);

    private FrontWay? ByHttp(string label) =>
        LinkId is not null && Uri.Contains(Registry) ? new FrontWay(label, FrontTargetKind.Registry, Uri) { LinkId = LinkId }
        : LinkId is not null && Uri.Contains(Listener) ? new FrontWay(label, FrontTargetKind.Listener, Uri) { LinkId = LinkId }
        : FrontText.HostOf(Uri) is not var (host, port) ? null
        : LinkId is not null && Balancer is { Length: > 0 } ? new FrontWay(label, FrontTargetKind.Balancer, Balancer) { LinkId = LinkId, Ports = [port] }
        : new FrontWay(label, FrontTargetKind.Host, host) { Ports = [port], LinkId = LinkId };

    private FrontWay? ByService(string label)
    {
        var stop = Role is { Length: > 0 } ? new FrontStop(ExposureStop.Policy, $"it asks as {Role}, of which it was not judged what it may do", IsUnknown: true) : null;
        var signer = stop is null ? FrontSigner.Service(FrontSigner.ApiGateway) : null;
        return FrontText.FunctionOf(Uri) is { } function ? new FrontWay(label, FrontTargetKind.Function, function) { Stop = stop, Signer = signer }
            : FrontText.ResourceOf(Uri) is { } resource ? new FrontWay(label, FrontTargetKind.Resource, resource) { Stop = stop }
            : null;
    }
}
