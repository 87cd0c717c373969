using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Writes an operation's answer in the wire form of its protocol.</summary>
internal static class AnswerWriter
{
    public static WireAnswer Write(OperationModel operation, JsonObject output, string requestId) => operation.Service.Protocol switch
    {
        AwsProtocol.Query => QueryOutput.Write(operation, output, requestId),
        AwsProtocol.Ec2 => QueryOutput.WriteEc2(operation, output, requestId),
        AwsProtocol.Json => JsonOutput.WriteRpc(operation, output, requestId),
        _ => RestOutput.Write(operation, output, requestId),
    };
}
