using System;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Protocols;
using CloudPosture.Json;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.Content;

/// <summary>Asks the sandbox's state itself: no signature, no wire, no protocol. What a harvest finds this way is what one over HTTP must find.</summary>
/// <param name="answer">Answers a call of an account in a Region, as a whole page or with an error.</param>
internal sealed class DirectCaller(Func<OperationModel, JsonObject, string, string, JsonObject> answer) : IAwsCaller
{
    public Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var input = call.Input.ValueKind == JsonValueKind.Object ? JsonNode.Parse(call.Input.GetRawText())!.AsObject() : [];
            var output = answer(call.Operation, input, call.Target.AccountId!, call.Target.Region);
            Decode(output, call.Operation.Output);
            var memory = new ByteBuffer();
            using (var json = new Utf8JsonWriter(memory))
            {
                output.WriteTo(json);
            }

            return Task.FromResult(new AwsAnswer(memory, null, 200, memory.Length));
        }
        catch (AwsError error)
        {
            var details = new ErrorDetails(error.Code, error.Message, null, null);
            throw new AwsServiceException(error.Message)
            {
                Code = error.Code,
                ServiceMessage = error.Message,
                HttpStatus = error.Status,
                Kind = ErrorClassifier.Classify(call.Operation, (HttpStatusCode)error.Status, details, call.Target.Region, null),
                Service = call.Operation.Service.Name,
                Operation = call.Operation.Name,
                Region = call.Target.Region,
                AccountId = call.Target.AccountId,
            };
        }
    }

    /// <summary>IAM's policies travel as text and arrive as JSON.</summary>
    private static void Decode(JsonNode? node, Shape shape)
    {
        switch (node)
        {
            case JsonObject map when shape.Kind == ShapeKind.Structure:
                foreach (var member in shape.Members.Where(member => map.ContainsKey(member.Name)))
                {
                    if (member.IsPolicyDocument && map[member.Name] is JsonValue text && text.TryGetValue<string>(out var policy))
                    {
                        map[member.Name] = JsonNode.Parse(Uri.UnescapeDataString(policy));
                    }
                    else
                    {
                        Decode(map[member.Name], member.Shape);
                    }
                }

                break;
            case JsonArray list when shape.Element is { } element:
                foreach (var item in list)
                {
                    Decode(item, element.Shape);
                }

                break;
        }
    }
}
