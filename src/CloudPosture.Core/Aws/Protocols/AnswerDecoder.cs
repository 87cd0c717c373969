using System;
using System.IO;
using System.Net.Http;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using CloudPosture.Aws.Models;
using CloudPosture.Json;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes the answer of a call that succeeded to JSON with the official names and types, in one pass.</summary>
internal static class AnswerDecoder
{
    private static readonly JsonWriterOptions Options = new()
    {
        // What we write goes to readers of JSON, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

#if !NET
    private static readonly System.Text.UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
#endif

    /// <summary>Decodes.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="response">Status and headers; its content's body is not read.</param>
    /// <param name="body">The body.</param>
    /// <param name="output">Receives one JSON object.</param>
    /// <exception cref="MalformedAnswerException">The body is not an answer of the operation.</exception>
    public static void Decode(OperationModel operation, HttpResponseMessage response, ArraySegment<byte> body, ByteBuffer output)
    {
        try
        {
            using var writer = new Utf8JsonWriter(output, Options);
            writer.WriteStartObject();
            WriteBody(operation, body, writer);
            HeaderDecoder.Write(operation.Output, response, writer);
            writer.WriteEndObject();
        }
        catch (Exception problem) when (problem is XmlException or JsonException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new MalformedAnswerException(problem.Message);
        }
    }

    private static void WriteBody(OperationModel operation, ArraySegment<byte> body, Utf8JsonWriter writer)
    {
        var payload = operation.Output.Payload is { } name ? operation.Output.Member(name) : null;
        if (payload?.Shape.Kind is ShapeKind.String or ShapeKind.Blob)
        {
            WriteRaw(payload, body, writer);
            return;
        }

        if (body.Count == 0)
        {
            // Who has nothing to tell still sends an empty list: nothing at all is what a proxy or a torn connection leaves.
            if (operation.Output.HasBody)
            {
                throw new FormatException("The answer is empty");
            }

            return;
        }

        switch (operation.Service.Protocol)
        {
            case AwsProtocol.Json or AwsProtocol.RestJson:
                RequireUtf8(body);
                JsonDecoder.Write(operation, payload, body, writer);
                break;
            default:
                using (var stream = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false))
                using (var reader = XmlReader.Create(stream, XmlAnswer.Settings))
                {
                    new XmlAnswer(reader, writer).Write(operation, payload);
                }

                break;
        }
    }

    /// <summary>The reader of JSON takes what is in quotes as it comes, and who writes text puts a mark in place of noise: either would pass for what was sent.</summary>
    private static void RequireUtf8(ArraySegment<byte> body)
    {
#if NET
        if (!System.Text.Unicode.Utf8.IsValid(body))
        {
            throw new FormatException("The answer is no text in UTF-8");
        }
#else
        _ = StrictUtf8.GetCharCount(body.Array, body.Offset, body.Count);
#endif
    }

    private static void WriteRaw(ShapeMember payload, ArraySegment<byte> body, Utf8JsonWriter writer)
    {
        if (payload.Shape.Kind == ShapeKind.Blob)
        {
            writer.WriteBase64String(payload.JsonName, body);
        }
        else
        {
            RequireUtf8(body);
            writer.WriteString(payload.JsonName, body);
        }
    }
}
