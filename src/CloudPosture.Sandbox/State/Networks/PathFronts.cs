using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>An API with known answers: one route leads through a VPC link to what is registered with Cloud Map, another where each stage's variable says.</summary>
internal static class PathFronts
{
    private const string Api = "pathfronts";
    private const string Link = "pathlink";
    private static readonly string Secret = "sk_live_" + Mix.Letters(Mix.Hash(0, Api), 24);

    /// <summary>What a list has beside the rest, and where; null for nothing.</summary>
    public static (string Path, IEnumerable<JsonObject> Items)? Listed(CallContext call) => (call.Operation.Service.Name, call.Operation.Name) switch
    {
        ("apigatewayv2", "GetApis") => ("Items", [new JsonObject { ["ApiId"] = Api, ["Name"] = "path-fronts", ["ProtocolType"] = "HTTP", ["RouteSelectionExpression"] = "$request.method $request.path" }]),
        ("apigatewayv2", "GetVpcLinks") => ("Items",
        [
            new JsonObject { ["VpcLinkId"] = Link, ["Name"] = "path-link", ["SubnetIds"] = Json.List(PathScenarios.Behind(call.Cell).SubnetId), ["SecurityGroupIds"] = Json.List(PathScenarios.Behind(call.Cell).GroupId), ["VpcLinkStatus"] = "AVAILABLE" },
        ]),
        ("servicediscovery", "ListServices") => ("Services", [new JsonObject { ["Id"] = RegistryId(call.Cell), ["Arn"] = RegistryArn(call.Cell), ["Name"] = "path-cloud-map", ["Type"] = "HTTP", ["InstanceCount"] = 1 }]),
        _ => null,
    };

    /// <summary>The answer to what is asked about the API and what is registered; null for all else.</summary>
    public static Answer? Own(CallContext call) => (call.Operation.Service.Name, call.Operation.Name) switch
    {
        ("apigatewayv2", "GetStages") when IsOwn(call) => Answer.Of("Items", [Stage("prod", PathScenarios.Behind(call.Cell).PublicName + ":22"), Stage("test", "nowhere.example.com")]),
        ("apigatewayv2", "GetRoutes") when IsOwn(call) => Answer.Of("Items", [Route("registered"), Route("staged")]),
        ("apigatewayv2", "GetAuthorizers") when IsOwn(call) => new Answer(),
        ("apigatewayv2", "GetIntegrations") when IsOwn(call) => Answer.Of("Items",
        [
            new JsonObject { ["IntegrationId"] = "registered", ["IntegrationType"] = "HTTP_PROXY", ["ConnectionType"] = "VPC_LINK", ["ConnectionId"] = Link, ["IntegrationUri"] = RegistryArn(call.Cell) },
            new JsonObject { ["IntegrationId"] = "staged", ["IntegrationType"] = "HTTP_PROXY", ["ConnectionType"] = "INTERNET", ["IntegrationUri"] = "http://${stageVariables.host}/x?key=${stageVariables.key}" },
        ]),
        ("servicediscovery", "ListInstances") when call.Text("ServiceId") == RegistryId(call.Cell) => Answer.Of("Instances",
        [
            new JsonObject { ["Id"] = "path-1", ["Attributes"] = new JsonObject { ["AWS_INSTANCE_IPV4"] = PathScenarios.Behind(call.Cell).Address, ["AWS_INSTANCE_PORT"] = "22", ["token"] = Secret } },
        ]),
        ("servicediscovery", "ListTagsForResource") when call.Text("ResourceARN") == RegistryArn(call.Cell) => new JsonObject { ["Tags"] = new JsonArray() },
        _ => null,
    };

    private static bool IsOwn(CallContext call) => call.Text("ApiId") == Api;

    private static string RegistryId(Cell cell) => cell.Id("srv-", "path-fronts", 0);

    private static string RegistryArn(Cell cell) => cell.Arn("servicediscovery", "service/" + RegistryId(cell));

    private static JsonObject Stage(string name, string host) => new() { ["StageName"] = name, ["StageVariables"] = new JsonObject { ["host"] = host, ["key"] = Secret } };

    private static JsonObject Route(string integration) => new() { ["RouteId"] = integration, ["RouteKey"] = "GET /" + integration, ["AuthorizationType"] = "NONE", ["Target"] = "integrations/" + integration };
}
