using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Reads a request of any protocol into JSON with the official member names.</summary>
internal static class InputReader
{
    public static JsonObject Read(OperationModel operation, WireRequest request, IReadOnlyDictionary<string, string> labels)
    {
        try
        {
            return operation.Service.Protocol switch
            {
                AwsProtocol.Query => new FormInput(request.Form, isEc2: false).Read(operation.Input),
                AwsProtocol.Ec2 => new FormInput(request.Form, isEc2: true).Read(operation.Input),
                AwsProtocol.Json => JsonInput.Read(operation.Input, request.Body, useLocationNames: false),
                _ => RestInput.Read(operation, request, labels),
            };
        }
        catch (JsonException)
        {
            throw new AwsError("SerializationException", "The request's body is not JSON.");
        }
    }
}
