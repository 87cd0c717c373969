using System;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Reads a GraphQL API of AppSync: whether it asks for credentials, and where its data comes from.</summary>
internal static class GraphApiReader
{
    private const string Key = "API_KEY";

    public static Front Read(Resource api)
    {
        var json = api.Configuration;
        string[] ways = [json.Text("authenticationType") ?? "", .. json.Items("additionalAuthenticationProviders").Select(provider => provider.Text("authenticationType") ?? "")];
        return new Front
        {
            Thing = FrontText.Thing(api),
            Name = api.Name,
            Hosts = FrontText.HostOf(json.Member("uris")?.Text("GRAPHQL") ?? "") is var (host, _) ? [host] : [],
            Stop = json.Text("visibility") == "PRIVATE" ? new FrontStop(ExposureStop.ServiceSetting, "it is private")
                : ways.Contains(Key, StringComparer.Ordinal) ? null
                : new FrontStop(ExposureStop.Policy, $"it asks for credentials: {string.Join(", ", ways)}"),
            Guards = FrontText.Joined(FrontText.Firewall(json.Text("wafWebAclArn")), ways.Contains(Key, StringComparer.Ordinal) ? "an API key is asked for, which is no authorization" : null),
            Ways = [.. json.Items("DataSources").Select(source => WayOf(source, api)).OfType<FrontWay>()],
        };
    }

    private static FrontWay? WayOf(JsonElement source, Resource api)
    {
        var label = $"data source {source.Text("name")}";
        var role = source.Text("serviceRoleArn") is { Length: > 0 } name ? new FrontStop(ExposureStop.Policy, $"it asks as {name}, of which it was not judged what it may do", IsUnknown: true) : null;
        var way = source.Text("type") switch
        {
            "AWS_LAMBDA" when source.Member("lambdaConfig")?.Text("lambdaFunctionArn") is { } function => new FrontWay(label, FrontTargetKind.Function, function),
            "AMAZON_DYNAMODB" when source.Member("dynamodbConfig") is { } table => new FrontWay(label, FrontTargetKind.Resource, $"arn:{Arn.Parts(api.Arn)?[1] ?? "aws"}:dynamodb:{table.Text("awsRegion") ?? api.Region}:{api.AccountId}:table/{table.Text("tableName")}"),
            "RELATIONAL_DATABASE" when source.Member("relationalDatabaseConfig")?.Member("rdsHttpEndpointConfig")?.Text("dbClusterIdentifier") is { } cluster => new FrontWay(label, FrontTargetKind.Resource, cluster),
            "HTTP" when FrontText.HostOf(source.Member("httpConfig")?.Text("endpoint") ?? "") is var (host, port) => new FrontWay(label, FrontTargetKind.Host, host) { Ports = [port] },
            _ => null,
        };
        return way is null ? null : way with { Stop = role };
    }
}
