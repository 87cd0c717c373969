using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Writes calls in the form of their service's protocol.</summary>
internal static class RequestSerializer
{
    /// <summary>Writes a call; a retry sends the same request again, idempotency token included.</summary>
    /// <exception cref="System.ArgumentException">The input does not fit the operation.</exception>
    public static AwsRequest Serialize(OperationModel operation, JsonElement input) => operation.Service.Protocol switch
    {
        AwsProtocol.Query or AwsProtocol.Ec2 => FormSerializer.Serialize(operation, input),
        AwsProtocol.Json => JsonBody(operation, input),
        _ => RestSerializer.Serialize(operation, input),
    };

    private static AwsRequest JsonBody(OperationModel operation, JsonElement input)
    {
        var request = new AwsRequest(operation)
        {
            Body = JsonSerializerBody.Structure(Input.Top(operation, input)),
            ContentType = "application/x-amz-json-" + operation.Service.JsonVersion,
        };
        request.Headers.Add(new("X-Amz-Target", $"{operation.Service.TargetPrefix}.{operation.Name}"));
        return request;
    }
}
