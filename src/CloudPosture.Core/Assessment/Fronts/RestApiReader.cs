using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Reads a REST API: which of its methods ask for credentials, and what they lead to.</summary>
internal static class RestApiReader
{
    private static readonly string[] AnyMethod = ["GET", "POST"];

    public static Front Read(Resource api, Func<string, Owner> ownerOf)
    {
        var stages = new ApiStages(api);
        var methods = api.Configuration.Items("Resources").SelectMany(path => MethodsOf(path, stages)).ToList();
        return stages.Front(api.Configuration.Flag("disableExecuteApiEndpoint")) with
        {
            Stop = StopOf(api, stages, ownerOf) ?? StopOf(methods, api),
            Guards = FrontText.Joined([.. api.Configuration.Items("Stages").Select(stage => FrontText.Firewall(stage.Text("webAclArn"))), .. GuardsOfAll(methods)]),
            Ways = [.. methods.SelectMany(method => method.Ways)],
        };
    }

    private static FrontStop? StopOf(Resource api, ApiStages stages, Func<string, Owner> ownerOf)
    {
        var json = api.Configuration;
        var types = json.Member("endpointConfiguration")?.Items("types").Select(type => type.ToString()).ToList() ?? [];
        return types.Count > 0 && types.TrueForAll(type => type == "PRIVATE") ? new FrontStop(ExposureStop.ServiceSetting, "its endpoint is private")
            : stages.Stop ?? PolicyStop(api, ownerOf);
    }

    // With a policy, what it does not allow is refused.
    private static FrontStop? PolicyStop(Resource api, Func<string, Owner> ownerOf)
    {
        if (api.Configuration.Text("policy") is not { Length: > 0 } text)
        {
            return null;
        }

        // The service answers it with its quotes escaped.
        var target = PolicyTarget.Of($"arn:{Arn.Parts(api.Arn)?[1] ?? "aws"}:execute-api:{api.Region}:{api.AccountId}:{api.Id}");
        var policy = PolicyDocument.Parse(text) ?? PolicyDocument.Parse(text.Replace("\\\"", "\""));
        var exposure = policy is null ? default(Exposure?) : ResourcePolicy.Public(policy, ownerOf(api.AccountId), target);
        return exposure is null || exposure.Value.IsUndecided ? new FrontStop(ExposureStop.Policy, "its resource policy could not be judged", IsUnknown: true)
            : exposure.Value.Reach == Reach.Public ? null
            : new FrontStop(ExposureStop.Policy, "its resource policy lets no stranger in");
    }

    private static FrontStop? StopOf(List<Method> methods, Resource api) =>
        OpeningReader.IsUnread(api, "Resources") || api.Configuration.Member("Resources") is not { ValueKind: JsonValueKind.Array } ? null
        : methods.Count == 0 ? new FrontStop(ExposureStop.Listener, "it has no method")
        : methods.TrueForAll(method => method.Stop is not null) ? new FrontStop(ExposureStop.Policy, "each of its methods asks for credentials")
        : null;

    // Where no method is without, the guards of the first stand for all.
    private static string[] GuardsOfAll(List<Method> methods) =>
        methods.Count > 0 && methods.TrueForAll(method => method.Guards.Length > 0) ? [methods[0].Guards] : [];

    private static IEnumerable<Method> MethodsOf(JsonElement path, ApiStages stages)
    {
        if (path.Member("resourceMethods") is not { ValueKind: JsonValueKind.Object } methods)
        {
            yield break;
        }

        foreach (var method in methods.EnumerateObject())
        {
            var label = $"{method.Name} {path.Text("path")}";
            var stop = method.Value.Text("authorizationType") is null or "NONE" ? null : new FrontStop(ExposureStop.Policy, $"{label} asks for credentials: {method.Value.Text("authorizationType")}");
            var guards = method.Value.Flag("apiKeyRequired") ? "an API key is asked for, which is no authorization" : "";
            var integration = method.Value.Member("methodIntegration");
            var verbs = method.Name == "ANY" ? AnyMethod : [method.Name];
            var ways = integration is { } asked ? stages.Ways(ApiIntegration.OfRest(asked), label, [.. verbs.Select(verb => verb + (path.Text("path") ?? "/"))]) : [];

            // A browser's question before the request proper is answered without it.
            if (method.Name != "OPTIONS" || integration?.Text("type") is not (null or "MOCK"))
            {
                yield return new Method(stop, guards, [.. ways.Select(way => way with { Stop = stop ?? way.Stop, Guards = guards })]);
            }
        }
    }

    private sealed record Method(FrontStop? Stop, string Guards, IReadOnlyList<FrontWay> Ways);
}
