using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>One HTTP request as it came, with the raw target that its signature covers.</summary>
internal sealed class WireRequest
{
    public required string Method { get; init; }

    /// <summary>The path as sent, still percent-encoded.</summary>
    public required string RawPath { get; init; }

    /// <summary>The query string as sent, without the question mark.</summary>
    public required string RawQuery { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Query => field ??= Decode(RawQuery, '+');

    /// <summary>The form of a query-protocol request; a GET carries it in the query string.</summary>
    public IReadOnlyDictionary<string, string> Form => field ??= Fields();

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Splits <c>a=b&amp;c</c> and decodes each part.</summary>
    /// <param name="text">The encoded text.</param>
    /// <param name="space">The character that stands for a space besides %20.</param>
    public static List<KeyValuePair<string, string>> Decode(string text, char space = '\0')
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            pairs.Add(new(Unescape(name, space), Unescape(value, space)));
        }

        return pairs;
    }

    private static string Unescape(string text, char space) =>
        Uri.UnescapeDataString(space == '\0' ? text : text.Replace(space, ' '));

    private Dictionary<string, string> Fields()
    {
        var isForm = Header("content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        var pairs = isForm ? Decode(Encoding.UTF8.GetString(Body), '+').Concat(Query) : Query;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            fields.TryAdd(name, value);
        }

        return fields;
    }
}
