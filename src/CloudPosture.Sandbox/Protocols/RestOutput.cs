using System;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Writes REST answers: status, headers, and the JSON or XML body.</summary>
internal static class RestOutput
{
    public static WireAnswer Write(OperationModel operation, JsonObject output, string requestId)
    {
        var answer = new WireAnswer();
        foreach (var member in operation.Output.Members)
        {
            if (output[member.Name] is { } value)
            {
                WriteOutsideBody(answer, member, value);
            }
        }

        if (operation.Service.Protocol == AwsProtocol.RestXml)
        {
            WriteXml(answer, operation, output, requestId);
        }
        else
        {
            WriteJson(answer, operation, output, requestId);
        }

        return answer;
    }

    private static void WriteOutsideBody(WireAnswer answer, ShapeMember member, JsonNode value)
    {
        switch (member.Location)
        {
            case MemberLocation.StatusCode:
                answer.Status = value.GetValue<int>();
                break;
            case MemberLocation.Header when member.Shape.Kind == ShapeKind.Timestamp:
                answer.Headers[member.WireName] = WireTime.Rfc822(value);
                break;
            case MemberLocation.Header:
                answer.Headers[member.WireName] = Scalars.Text(value);
                break;
            case MemberLocation.Headers:
                foreach (var (name, header) in value.AsObject())
                {
                    answer.Headers[member.WireName + name] = Scalars.Text(header!);
                }

                break;
        }
    }

    private static void WriteJson(WireAnswer answer, OperationModel operation, JsonObject output, string requestId)
    {
        answer.ContentType = "application/json";
        answer.Headers["x-amzn-RequestId"] = requestId;
        answer.Body = operation.Output.Payload is not { } payload
            ? JsonOutput.Body(operation.Output, output, useLocationNames: true)
            : operation.Output.Member(payload)!.Shape is { Kind: ShapeKind.Structure } shape
                ? JsonOutput.Body(shape, output[payload]?.AsObject() ?? [], useLocationNames: true)
                : Raw(operation.Output.Member(payload)!.Shape, output[payload]);
    }

    private static void WriteXml(WireAnswer answer, OperationModel operation, JsonObject output, string requestId)
    {
        answer.ContentType = "application/xml";
        answer.Headers[operation.Service.Name == "s3" ? "x-amz-request-id" : "x-amzn-RequestId"] = requestId;
        if (operation.Output.Payload is { } payload)
        {
            var member = operation.Output.Member(payload)!;
            answer.Body = member.Shape.Kind == ShapeKind.Structure
                ? XmlDocument(operation, member.WireName, member.Shape, output[payload]?.AsObject() ?? [])
                : Raw(member.Shape, output[payload]);
        }
        else if (operation.Output.Members.Count > 0)
        {
            answer.Body = operation.Name == "GetBucketLocation"
                ? Location(operation, output)
                : XmlDocument(operation, RootOf(operation.Name), operation.Output, output);
        }
    }

    private static byte[] XmlDocument(OperationModel operation, string root, Shape shape, JsonObject value)
    {
        // Only S3 leaves out what holds nothing.
        foreach (var list in shape.Members.Where(member => operation.Service.Name != "s3" && member.Shape.Kind == ShapeKind.List && value[member.Name] is null))
        {
            value[list.Name] = new JsonArray();
        }

        using var xml = new XmlBody(operation.Service);
        xml.Writer.WriteStartElement(root, NamespaceOf(operation.Service));
        xml.WriteMembers(shape, value);
        xml.Writer.WriteEndElement();
        return xml.ToArray();
    }

    /// <summary>GetBucketLocation's root element is the location itself, which the models do not say.</summary>
    private static byte[] Location(OperationModel operation, JsonObject output)
    {
        using var xml = new XmlBody(operation.Service);
        xml.Writer.WriteStartElement("LocationConstraint", NamespaceOf(operation.Service));
        xml.Writer.WriteString(output["LocationConstraint"]?.GetValue<string>());
        xml.Writer.WriteEndElement();
        return xml.ToArray();
    }

    private static byte[] Raw(Shape shape, JsonNode? value) =>
        value is null ? [] : shape.Kind == ShapeKind.Blob ? Convert.FromBase64String(value.GetValue<string>()) : Encoding.UTF8.GetBytes(Scalars.Text(value));

    private static string? NamespaceOf(ServiceModel service) =>
        service.XmlNamespace ?? service.Name switch
        {
            "s3" => "http://s3.amazonaws.com/doc/2006-03-01/",
            "s3control" or "s3mrap" => "http://awss3control.amazonaws.com/doc/2018-08-20/",
            "route53" => "https://route53.amazonaws.com/doc/2013-04-01/",
            _ => null,
        };

    /// <summary>The root elements of S3's answers as its API reference shows them.</summary>
    private static string RootOf(string operation) => operation switch
    {
        "ListBuckets" => "ListAllMyBucketsResult",
        "GetBucketAcl" => "AccessControlPolicy",
        "GetBucketVersioning" => "VersioningConfiguration",
        "GetBucketLogging" => "BucketLoggingStatus",
        "GetBucketTagging" => "Tagging",
        "GetBucketNotificationConfiguration" => "NotificationConfiguration",
        "GetBucketLifecycleConfiguration" => "LifecycleConfiguration",
        "GetBucketCors" => "CORSConfiguration",
        "GetBucketWebsite" => "WebsiteConfiguration",
        "GetBucketAccelerateConfiguration" => "AccelerateConfiguration",
        _ => operation + "Result",
    };
}
