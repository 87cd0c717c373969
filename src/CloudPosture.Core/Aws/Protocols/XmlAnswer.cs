using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Xml;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes an answer of XML: what stands around its members tells whether it is the operation's at all.</summary>
internal sealed class XmlAnswer(XmlReader reader, Utf8JsonWriter writer)
{
    /// <summary>The root elements that the models do not tell, as S3's API reference shows them.</summary>
    private static readonly Dictionary<string, string> Roots = new(StringComparer.Ordinal)
    {
        ["GetBucketAccelerateConfiguration"] = "AccelerateConfiguration",
        ["GetBucketAcl"] = "AccessControlPolicy",
        ["GetBucketCors"] = "CORSConfiguration",
        ["GetBucketLifecycleConfiguration"] = "LifecycleConfiguration",
        ["GetBucketLocation"] = "LocationConstraint",
        ["GetBucketLogging"] = "BucketLoggingStatus",
        ["GetBucketNotificationConfiguration"] = "NotificationConfiguration",
        ["GetBucketRequestPayment"] = "RequestPaymentConfiguration",
        ["GetBucketTagging"] = "Tagging",
        ["GetBucketVersioning"] = "VersioningConfiguration",
        ["GetBucketWebsite"] = "WebsiteConfiguration",
        ["ListBuckets"] = "ListAllMyBucketsResult",
    };

    private static readonly string[] RootEndings = ["Response", "Result", "Output"];

    private readonly XmlDecoder _members = new(reader, writer);

    /// <summary>No entities, no external documents. Control characters pass: names and tags may hold them.</summary>
    public static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    public void Write(OperationModel operation, ShapeMember? payload)
    {
        reader.MoveToContent();
        if (reader.NodeType != XmlNodeType.Element)
        {
            throw new FormatException("The answer is empty");
        }

        switch (operation.Service.Protocol)
        {
            case AwsProtocol.Query:
                WriteQuery(operation);
                break;
            case AwsProtocol.Ec2:
                Expect(operation.Name + "Response");
                WriteMembers(operation.Output, mayBeEmpty: false);
                break;
            case AwsProtocol.RestXml when operation.Name == "GetBucketLocation":
                WriteLocation(operation.Output.Members[0]);
                break;
            default:
                WriteRest(operation, payload);
                break;
        }

        // The rest must be well-formed too: a torn answer must not pass for a short one.
        while (reader.Read())
        {
        }
    }

    private void WriteQuery(OperationModel operation)
    {
        Expect(operation.Name + "Response");
        if (operation.ResultWrapper is not { } wrapper)
        {
            return;
        }

        if (!ReadTo(wrapper))
        {
            throw new FormatException($"The answer has no element {wrapper}");
        }

        WriteMembers(operation.Output, mayBeEmpty: true);
        if (ReadTo(wrapper))
        {
            throw new FormatException($"The element {wrapper} comes twice");
        }
    }

    private bool ReadTo(string name)
    {
        while (reader.NodeType != XmlNodeType.Element || reader.LocalName != name)
        {
            if (!reader.Read())
            {
                return false;
            }
        }

        return true;
    }

    // Servers that stand in for S3 name the root after the operation, or after the name it had once.
    private bool IsNamedAfter(OperationModel operation) => IsOfAws(reader.NamespaceURI)
        && Array.Find(RootEndings, ending => reader.LocalName.EndsWith(ending, StringComparison.Ordinal)) is { } found
        && operation.Name.StartsWith(reader.LocalName.Substring(0, reader.LocalName.Length - found.Length), StringComparison.Ordinal);

    private void WriteRest(OperationModel operation, ShapeMember? payload)
    {
        var root = payload?.WireName ?? (Roots.TryGetValue(operation.Name, out var known) ? known : null);
        if (root is not null && !IsNamedAfter(operation))
        {
            Expect(root);
        }
        else if (root is null && !IsOfAws(reader.NamespaceURI) && !Array.Exists(RootEndings, ending => reader.LocalName == operation.Name + ending))
        {
            throw new FormatException($"The answer begins with the element {reader.LocalName}, which is not in a namespace of AWS");
        }

        if (payload is null)
        {
            WriteMembers(operation.Output, mayBeEmpty: root is not null);
            return;
        }

        writer.WriteStartObject(payload.JsonName);
        WriteMembers(payload.Shape, mayBeEmpty: true);
        writer.WriteEndObject();
    }

    /// <summary>The answer's own members. Services add some, so that unknown ones are no fault; but where all are, somebody else wrote it.</summary>
    /// <param name="shape">The structure.</param>
    /// <param name="mayBeEmpty">False where an answer of AWS always holds something.</param>
    private void WriteMembers(Shape shape, bool mayBeEmpty)
    {
        var (known, unknown) = _members.Members(shape, isAtTop: true);
        if (known == 0 && (unknown > 0 || !mayBeEmpty) && shape.HasBody)
        {
            throw new FormatException("None of the answer's members is one of the operation's");
        }
    }

    /// <summary>The whole answer is the location's element; us-east-1 has an empty one, which AWS's own tools show as null.</summary>
    private void WriteLocation(ShapeMember location)
    {
        Expect(Roots["GetBucketLocation"]);
        writer.WritePropertyName(location.JsonName);
        var text = WholeText.Of(reader.ReadElementContentAsString());
        writer.WriteStringValue(text.Length == 0 ? null : text);
    }

    private void Expect(string name)
    {
        if (reader.LocalName != name)
        {
            throw new FormatException($"The answer begins with the element {reader.LocalName} instead of {name}");
        }
    }

    /// <summary>Namespaces of AWS look like <c>http://s3.amazonaws.com/doc/2006-03-01/</c>, in every partition.</summary>
    private static bool IsOfAws(string name) =>
        Uri.TryCreate(name, UriKind.Absolute, out var uri) && uri.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase) && uri.AbsolutePath.StartsWith("/doc/", StringComparison.Ordinal);
}
