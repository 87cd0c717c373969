using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Writes the answers of the query protocol and of EC2.</summary>
internal static class QueryOutput
{
    public static WireAnswer Write(OperationModel operation, JsonObject output, string requestId)
    {
        using var xml = new XmlBody(operation.Service);
        xml.Writer.WriteStartElement(operation.Name + "Response", operation.Service.XmlNamespace ?? DefaultNamespace(operation.Service));
        if (operation.ResultWrapper is { } wrapper)
        {
            xml.Writer.WriteStartElement(wrapper);
            xml.WriteMembers(operation.Output, output);
            xml.Writer.WriteEndElement();
        }

        xml.Writer.WriteStartElement("ResponseMetadata");
        xml.Writer.WriteElementString("RequestId", requestId);
        xml.Writer.WriteEndElement();
        xml.Writer.WriteEndElement();
        return Answer(xml, requestId);
    }

    public static WireAnswer WriteEc2(OperationModel operation, JsonObject output, string requestId)
    {
        using var xml = new XmlBody(operation.Service);
        xml.Writer.WriteStartElement(operation.Name + "Response", operation.Service.XmlNamespace ?? DefaultNamespace(operation.Service));
        xml.Writer.WriteElementString("requestId", requestId);
        xml.WriteMembers(operation.Output, output);
        xml.Writer.WriteEndElement();
        return Answer(xml, requestId);
    }

    public static string DefaultNamespace(ServiceModel service) =>
        service.Protocol == AwsProtocol.Ec2
            ? $"http://ec2.amazonaws.com/doc/{service.ApiVersion}/"
            : $"https://{service.EndpointPrefix}.amazonaws.com/doc/{service.ApiVersion}/";

    private static WireAnswer Answer(XmlBody xml, string requestId)
    {
        var answer = new WireAnswer { ContentType = "text/xml;charset=UTF-8", Body = xml.ToArray() };
        answer.Headers["x-amzn-RequestId"] = requestId;
        return answer;
    }
}
