using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;

namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>Compares what our client decodes with what botocore parses, for the same calls to the same endpoint.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="credentials">Who calls.</param>
internal sealed class BotocoreReference(Uri endpoint, AWSCredentials credentials)
{
    /// <summary>One line for each call whose answers differ.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(IReadOnlyList<ReferenceCall> calls)
    {
        var expected = await AskBotocoreAsync(calls);
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = endpoint });
        var differences = new List<string>();
        foreach (var (call, theirs) in calls.Zip(expected))
        {
            if (theirs["unknown"] is null)
            {
                var ours = await AskOursAsync(client, call);
                differences.AddRange(Compare(call, theirs, ours).Select(difference => $"{call.Service}:{call.Operation} {call.Input.ToJsonString()} {difference}"));
            }
        }

        return differences;
    }

    private async Task<IReadOnlyList<JsonObject>> AskBotocoreAsync(IReadOnlyList<ReferenceCall> calls)
    {
        var keys = await credentials.GetCredentialsAsync();
        var lines = calls.Select(call => new JsonObject
        {
            ["endpoint"] = endpoint.OriginalString.TrimEnd('/'),
            ["region"] = call.Region,
            ["accessKey"] = keys.AccessKey,
            ["secretKey"] = keys.SecretKey,
            ["sessionToken"] = keys.UseToken ? keys.Token : null,
            ["service"] = call.Service,
            ["operation"] = call.Operation,
            ["input"] = call.Input.DeepClone(),
        }.ToJsonString());
        var output = await Python.RunAsync([Python.Script("botocore_reference.py")], string.Join('\n', lines));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private async Task<JsonObject> AskOursAsync(AwsClient client, ReferenceCall call)
    {
        try
        {
            using var answer = await client.SendAsync(
                new AwsCall
                {
                    Operation = Shipped.Content.Models.Get(call.Service).Operation(call.Operation),
                    Input = JsonSerializer.SerializeToElement(call.Input),
                    Target = new AwsTarget { Credentials = credentials, Region = call.Region },
                },
                CancellationToken.None);
            return new JsonObject { ["answer"] = JsonNode.Parse(answer.Root.GetRawText()) };
        }
        catch (AwsServiceException problem)
        {
            return new JsonObject { ["error"] = problem.Code };
        }
    }

    private static IEnumerable<string> Compare(ReferenceCall call, JsonObject theirs, JsonObject ours)
    {
        if (theirs["error"] is { } error)
        {
            return (string?)error == (string?)ours["error"] ? [] : [$"error: {error} became {ours.ToJsonString()}"];
        }

        if (ours["error"] is { } own)
        {
            return [$"answer became the error {own}"];
        }

        var output = Shipped.Content.Models.Get(call.Service).Operation(call.Operation).Output;
        return JsonDifference.Find("", Known(theirs["answer"], output), ours["answer"]);
    }

    /// <summary>The reference's answer without members that are newer than our models.</summary>
    private static JsonNode? Known(JsonNode? value, Shape shape) => (value, shape.Kind) switch
    {
        (JsonObject json, ShapeKind.Structure) => new JsonObject(json
            .Where(entry => shape.Member(entry.Key) is not null)
            .Select(entry => new KeyValuePair<string, JsonNode?>(entry.Key, Known(entry.Value, shape.Member(entry.Key)!.Shape)))),
        (JsonObject json, ShapeKind.Map) => new JsonObject(json
            .Select(entry => new KeyValuePair<string, JsonNode?>(entry.Key, Known(entry.Value, shape.Element!.Shape)))),
        (JsonArray json, ShapeKind.List) => new JsonArray([.. json.Select(item => Known(item, shape.Element!.Shape))]),
        _ => value?.DeepClone(),
    };
}
