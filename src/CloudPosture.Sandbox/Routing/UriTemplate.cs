using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.Routing;

/// <summary>A REST operation's method, path and fixed query parts, matched against requests.</summary>
internal sealed class UriTemplate
{
    private readonly string[] _segments;
    private readonly KeyValuePair<string, string>[] _query;

    public UriTemplate(OperationModel operation)
    {
        Operation = operation;
        var parts = operation.RequestUri.Split('?', 2);
        _segments = parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        _query = parts.Length > 1 ? [.. WireRequest.Decode(parts[1]).Where(pair => pair.Key != "x-id")] : [];
    }

    public OperationModel Operation { get; }

    /// <summary>How much of a request the template fixes: among several that match, the greatest is meant.</summary>
    public int Specificity => _query.Length * 100 + _segments.Count(segment => !IsLabel(segment));

    /// <summary>Matches a request.</summary>
    /// <returns>The labels, or null where the request is another operation's.</returns>
    public IReadOnlyDictionary<string, string>? Match(WireRequest request)
    {
        if (request.Method != Operation.HttpMethod || !_query.All(part => HasQuery(request, part)))
        {
            return null;
        }

        var path = request.RawPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < _segments.Length; index++)
        {
            var segment = _segments[index];
            if (index >= path.Length)
            {
                return null;
            }

            if (segment.EndsWith("+}", StringComparison.Ordinal))
            {
                labels[segment[1..^2]] = Uri.UnescapeDataString(string.Join('/', path[index..]));
                return labels;
            }

            if (IsLabel(segment))
            {
                labels[segment[1..^1]] = Uri.UnescapeDataString(path[index]);
            }
            else if (segment != path[index])
            {
                return null;
            }
        }

        return path.Length == _segments.Length ? labels : null;
    }

    private static bool IsLabel(string segment) => segment[0] == '{';

    private static bool HasQuery(WireRequest request, KeyValuePair<string, string> part) =>
        request.Query.Any(pair => pair.Key == part.Key && (part.Value.Length == 0 || pair.Value == part.Value));
}
