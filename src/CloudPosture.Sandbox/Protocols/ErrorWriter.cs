using System.IO;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Writes an error in the form of a service's protocol.</summary>
internal static class ErrorWriter
{
    public static WireAnswer Write(ServiceModel service, AwsError error, string requestId)
    {
        var answer = service.Protocol switch
        {
            AwsProtocol.Json or AwsProtocol.RestJson => Json(service, error),
            AwsProtocol.Ec2 => Ec2(service, error, requestId),
            AwsProtocol.RestXml when service.Name == "s3" => S3(service, error, requestId),
            _ => Query(service, error, requestId),
        };
        answer.Status = error.Status;
        answer.Headers[service.Name == "s3" ? "x-amz-request-id" : "x-amzn-RequestId"] = requestId;
        if (error.RetryAfter is { } seconds)
        {
            answer.Headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private static WireAnswer Json(ServiceModel service, AwsError error)
    {
        var isRpc = service.Protocol == AwsProtocol.Json;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (isRpc)
            {
                writer.WriteString("__type", service.Name is "organizations" or "config" ? error.Code : $"com.amazonaws.{service.Name}#{error.Code}");
            }

            // Services disagree on the case of this member; clients must take both.
            writer.WriteString(service.Name is "lambda" or "efs" or "organizations" ? "Message" : "message", error.Message);
            writer.WriteEndObject();
        }

        var answer = new WireAnswer
        {
            ContentType = isRpc ? "application/x-amz-json-" + service.JsonVersion : "application/json",
            Body = stream.ToArray(),
        };
        if (!isRpc)
        {
            answer.Headers["x-amzn-ErrorType"] = error.Code;
        }

        if (service.Name == "sqs")
        {
            answer.Headers["x-amzn-query-error"] = error.Code + ";Sender";
        }

        return answer;
    }

    private static WireAnswer Query(ServiceModel service, AwsError error, string requestId)
    {
        using var xml = new XmlBody(service);
        xml.Writer.WriteStartElement("ErrorResponse", service.XmlNamespace ?? QueryOutput.DefaultNamespace(service));
        xml.Writer.WriteStartElement("Error");
        xml.Writer.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
        xml.Writer.WriteElementString("Code", error.Code);
        xml.Writer.WriteElementString("Message", error.Message);
        xml.Writer.WriteEndElement();
        xml.Writer.WriteElementString("RequestId", requestId);
        xml.Writer.WriteEndElement();
        return Xml(xml);
    }

    private static WireAnswer Ec2(ServiceModel service, AwsError error, string requestId)
    {
        using var xml = new XmlBody(service);
        xml.Writer.WriteStartElement("Response");
        xml.Writer.WriteStartElement("Errors");
        xml.Writer.WriteStartElement("Error");
        xml.Writer.WriteElementString("Code", error.Code);
        xml.Writer.WriteElementString("Message", error.Message);
        xml.Writer.WriteEndElement();
        xml.Writer.WriteEndElement();
        xml.Writer.WriteElementString("RequestID", requestId);
        xml.Writer.WriteEndElement();
        return Xml(xml);
    }

    private static WireAnswer S3(ServiceModel service, AwsError error, string requestId)
    {
        using var xml = new XmlBody(service);
        xml.Writer.WriteStartElement("Error");
        xml.Writer.WriteElementString("Code", error.Code);
        xml.Writer.WriteElementString("Message", error.Message);
        xml.Writer.WriteElementString("RequestId", requestId);
        xml.Writer.WriteElementString("HostId", "sandbox");
        xml.Writer.WriteEndElement();
        var answer = Xml(xml);
        answer.Headers["x-amz-id-2"] = "sandbox";
        return answer;
    }

    private static WireAnswer Xml(XmlBody xml) => new() { ContentType = "text/xml", Body = xml.ToArray() };
}
