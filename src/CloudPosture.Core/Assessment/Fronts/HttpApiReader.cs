using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

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
        var stages = new ApiStages(api);
        return stages.Front(json.Flag("DisableExecuteApiEndpoint")) with
        {
            Stop = stages.Stop
                ?? (connect is not null ? new FrontStop(ExposureStop.Policy, $"whoever connects is asked for credentials: {connect}") : StopOf(routes, api, isWebSocket)),
            Ways = [.. routes.SelectMany(route => WaysOf(route, api, stages, isWebSocket))],
        };
    }

    private static FrontStop? StopOf(List<JsonElement> routes, Resource api, bool isWebSocket) =>
        OpeningReader.IsUnread(api, "Routes") || api.Configuration.Member("Routes") is not { ValueKind: JsonValueKind.Array } ? null
        : routes.Count == 0 ? new FrontStop(ExposureStop.Listener, "it has no route")
        : !isWebSocket && routes.TrueForAll(route => CredentialsOf(route) is not null) ? new FrontStop(ExposureStop.Policy, "each of its routes asks for credentials")
        : null;

    private static string? CredentialsOf(JsonElement route) => route.Text("AuthorizationType") is null or "NONE" ? null : route.Text("AuthorizationType");

    private static IEnumerable<FrontWay> WaysOf(JsonElement route, Resource api, ApiStages stages, bool isWebSocket)
    {
        var key = route.Text("RouteKey") ?? "";
        var target = route.Text("Target") ?? "";
        var id = target.StartsWith(IntegrationMark, StringComparison.Ordinal) ? target.Substring(IntegrationMark.Length) : "";
        return api.Configuration.Items("Integrations").Where(each => id.Length > 0 && each.Text("IntegrationId") == id).Take(1)
            .SelectMany(integration => stages.Ways(ApiIntegration.OfHttp(integration), key, [PathOf(key)]))
            .Select(way => way with
            {
                Stop = !isWebSocket && CredentialsOf(route) is { } credentials ? new FrontStop(ExposureStop.Policy, $"{key} asks for credentials: {credentials}") : way.Stop,
                Guards = route.Flag("ApiKeyRequired") ? "an API key is asked for, which is no authorization" : "",
            });
    }

    private static string PathOf(string routeKey) =>
        routeKey.IndexOf(' ') is > 0 and var space ? $"{routeKey.Substring(0, space).Replace("ANY", "GET")}{routeKey.Substring(space + 1)}" : routeKey;
}
