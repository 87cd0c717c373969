using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Fronts;

/// <summary>The stages by which an API of API Gateway, of either kind, is asked.</summary>
/// <param name="api">The API.</param>
internal sealed class ApiStages(Resource api)
{
    private const string Stages = "Stages";
    private readonly List<ApiStage> _all = [.. api.Configuration.Items(Stages).SelectMany(AllOf)];

    /// <summary>That it answers nowhere for want of a stage; null where it has one, or that was not read.</summary>
    public FrontStop? Stop => _all.Count > 0 || OpeningReader.IsUnread(api, Stages) ? null : new FrontStop(ExposureStop.ServiceSetting, "it has no stage");

    /// <summary>What is in front, without what stops it and where it leads.</summary>
    /// <param name="isDisabled">Whether the name that AWS gave it answers no more.</param>
    public Front Front(bool isDisabled) => new() { Thing = FrontText.Thing(api), Name = api.Name, Hosts = [FrontText.ApiHost(api)], IsEndpointDisabled = isDisabled };

    /// <summary>Where an integration leads, for each target the stages by which it does.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="label">What is asked for.</param>
    /// <param name="paths">How it is called in the ARNs by which functions are invoked, after the stage.</param>
    public IEnumerable<FrontWay> Ways(ApiIntegration integration, string label, IReadOnlyList<string> paths) =>
        from stage in _all.DefaultIfEmpty(new ApiStage("stage", new Dictionary<string, string>()))
        let filled = integration.In(stage)
        where filled is not null
        group stage.Name by filled into same
        let way = same.Key.Way(label)
        where way is not null
        select way with { Sources = [.. from stage in same.Distinct() from path in paths select Source(stage, path)] };

    private string Source(string stage, string path) => $"arn:{Arn.Parts(api.Arn)?[1] ?? "aws"}:execute-api:{api.Region}:{api.AccountId}:{api.Id}/{stage}/{path}";

    // A part of the requests goes to a stage's canary, which has variables of its own.
    private static IEnumerable<ApiStage> AllOf(JsonElement stage)
    {
        var name = stage.Text("StageName") ?? stage.Text("stageName") ?? "stage";
        var variables = Texts(stage.Member("StageVariables") ?? stage.Member("variables"));
        yield return new ApiStage(name, variables);
        if (Texts(stage.Member("canarySettings")?.Member("stageVariableOverrides")) is { Count: > 0 } overrides)
        {
            yield return new ApiStage(name, variables.Where(variable => !overrides.ContainsKey(variable.Key))
                .Concat(overrides)
                .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal));
        }
    }

    private static Dictionary<string, string> Texts(JsonElement? variables) => variables is not { ValueKind: JsonValueKind.Object } map ? []
        : map.EnumerateObject().Where(variable => variable.Value.ValueKind == JsonValueKind.String).ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!, StringComparer.Ordinal);
}
