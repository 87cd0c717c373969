using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Reads an HTTP or WebSocket API: which of its routes ask for credentials, and what they lead to.</summary>
internal static class HttpApiReader
{
    private const string IntegrationMark = "integrations/";
    private const string Connect = "$connect";

    public static Front Read(Resource api)
    {
        var json = api.Configuration;
        var routes = json.Items("Routes").ToList();
        var isWebSocket = json.Text("ProtocolType") == "WEBSOCKET";
        var connect = isWebSocket ? routes.Where(route => route.Text("RouteKey") == Connect).Select(CredentialsOf).FirstOrDefault() : null;
        return new Front
        {
            Thing = FrontText.Thing(api),
            Name = api.Name,
            Hosts = [FrontText.ApiHost(api)],
            IsEndpointDisabled = json.Flag("DisableExecuteApiEndpoint"),
            Stop = !OpeningReader.IsUnread(api, "Stages") && !json.Items("Stages").Any() ? new FrontStop(ExposureStop.ServiceSetting, "it has no stage")
                : connect is not null ? new FrontStop(ExposureStop.Policy, $"whoever connects is asked for credentials: {connect}")
                : StopOf(routes, api, isWebSocket),
            Ways = [.. routes.Select(route => WayOf(route, api, isWebSocket)).OfType<FrontWay>()],
        };
    }

    private static FrontStop? StopOf(List<JsonElement> routes, Resource api, bool isWebSocket) =>
        OpeningReader.IsUnread(api, "Routes") || api.Configuration.Member("Routes") is not { ValueKind: JsonValueKind.Array } ? null
        : routes.Count == 0 ? new FrontStop(ExposureStop.Listener, "it has no route")
        : !isWebSocket && routes.TrueForAll(route => CredentialsOf(route) is not null) ? new FrontStop(ExposureStop.Policy, "each of its routes asks for credentials")
        : null;

    private static string? CredentialsOf(JsonElement route) => route.Text("AuthorizationType") is null or "NONE" ? null : route.Text("AuthorizationType");

    private static FrontWay? WayOf(JsonElement route, Resource api, bool isWebSocket)
    {
        var key = route.Text("RouteKey") ?? "";
        var target = route.Text("Target") ?? "";
        var id = target.StartsWith(IntegrationMark, StringComparison.Ordinal) ? target.Substring(IntegrationMark.Length) : "";
        var integration = api.Configuration.Items("Integrations").FirstOrDefault(each => id.Length > 0 && each.Text("IntegrationId") == id);
        return integration.ValueKind == JsonValueKind.Object && TargetOf(integration, key, SourcesOf(key, api)) is { } way
            ? way with
            {
                Stop = !isWebSocket && CredentialsOf(route) is { } credentials ? new FrontStop(ExposureStop.Policy, $"{key} asks for credentials: {credentials}") : way.Stop,
                Guards = route.Flag("ApiKeyRequired") ? "an API key is asked for, which is no authorization" : "",
            }
            : null;
    }

    private static FrontWay? TargetOf(JsonElement integration, string label, IReadOnlyList<string> sources)
    {
        var uri = integration.Text("IntegrationUri") ?? "";
        if (integration.Text("IntegrationType") is "HTTP" or "HTTP_PROXY")
        {
            return integration.Text("ConnectionType") == "VPC_LINK" && uri.Contains(":listener/") ? new FrontWay(label, FrontTargetKind.Listener, uri) { LinkId = integration.Text("ConnectionId") ?? "" }
                : FrontText.HostOf(uri) is var (host, port) ? new FrontWay(label, FrontTargetKind.Host, host) { Ports = [port], LinkId = integration.Text("ConnectionType") == "VPC_LINK" ? integration.Text("ConnectionId") ?? "" : null }
                : null;
        }

        var role = integration.Text("CredentialsArn") is { Length: > 0 } name ? new FrontStop(ExposureStop.Policy, $"it asks as {name}, of which it was not judged what it may do", IsUnknown: true) : null;
        return FrontText.FunctionOf(uri) is { } function ? new FrontWay(label, FrontTargetKind.Function, function) { Stop = role, Signer = role is null ? FrontSigner.Service(FrontSigner.ApiGateway) : null, Sources = sources }
            : FrontText.ResourceOf(uri) is { } resource ? new FrontWay(label, FrontTargetKind.Resource, resource) { Stop = role }
            : null;
    }

    private static IReadOnlyList<string> SourcesOf(string routeKey, Resource api)
    {
        var part = routeKey.IndexOf(' ') is > 0 and var space ? $"{routeKey.Substring(0, space).Replace("ANY", "GET")}{routeKey.Substring(space + 1)}" : routeKey;
        return
        [
            .. from stage in api.Configuration.Items("Stages").Select(stage => stage.Text("StageName")).DefaultIfEmpty("stage")
               select $"arn:{Arn.Parts(api.Arn)?[1] ?? "aws"}:execute-api:{api.Region}:{api.AccountId}:{api.Id}/{stage}/{part}",
        ];
    }
}
