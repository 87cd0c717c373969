using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using CloudPosture.Aws.Protocols;

namespace CloudPosture.Aws.Transport;

/// <summary>
/// Where an answer says that it ends. One that does not say it clearly may be cut, or hold the beginning of another's; the
/// runtime reads it all the same, to the end of the connection.
/// </summary>
internal static class AnswerLength
{
    /// <summary>Refuses an answer whose headers do not say where it ends, or say it in two ways.</summary>
    /// <exception cref="MalformedAnswerException">It has a length that is no number, lengths that differ, a length beside parts, or is encoded in a way that nobody asked for.</exception>
    public static void Check(HttpResponseMessage response)
    {
        var lengths = Values(response.Content, "Content-Length");
        var encodings = response.Headers.TransferEncoding.Select(encoding => encoding.Value).ToList();
        if (lengths.FirstOrDefault(length => !long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } wrong)
        {
            throw new MalformedAnswerException($"Its Content-Length is no length of anything: '{wrong}'");
        }

        if (lengths.Distinct().Skip(1).Any())
        {
            throw new MalformedAnswerException($"It has two lengths: {string.Join(" and ", lengths)}");
        }

        if (lengths.Count > 0 && encodings.Count > 0)
        {
            throw new MalformedAnswerException("It has both a Content-Length and a Transfer-Encoding");
        }

        if (encodings.Count > 1 || encodings.Exists(encoding => !string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase)))
        {
            throw new MalformedAnswerException($"Its Transfer-Encoding is not chunked but {string.Join(", ", encodings)}");
        }
    }

    // As they came: what is no number is none to the typed header.
    private static List<string> Values(HttpContent content, string name)
    {
#if NET
        return content.Headers.NonValidated.TryGetValues(name, out var values) ? [.. values] : [];
#else
        return content.Headers.TryGetValues(name, out var values) ? [.. values] : [];
#endif
    }
}
