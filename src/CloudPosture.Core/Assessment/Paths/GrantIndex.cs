using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Paths;

/// <summary>Identities by how the ARNs begin on which they are granted an action.</summary>
internal sealed class GrantIndex
{
    private static readonly char[] Wildcards = [Glob.Any, Glob.One];
    private readonly Dictionary<string, List<int>> _holders = new(StringComparer.Ordinal);
    private readonly int[] _lengths;

    /// <summary>Sorts what identities are granted.</summary>
    /// <param name="identities">The identities.</param>
    /// <param name="action">The action.</param>
    /// <param name="below">What follows the ARNs of resources that are asked about, beginning with a slash; empty for nothing.</param>
    public GrantIndex(IReadOnlyList<Identity> identities, string action, string below)
    {
        var asked = action.ToLowerInvariant();
        for (var place = 0; place < identities.Count; place++)
        {
            foreach (var beginning in Beginnings(identities[place], asked, isBelow: below.Length > 0).Distinct(StringComparer.Ordinal))
            {
                if (!_holders.TryGetValue(beginning, out var holders))
                {
                    _holders[beginning] = holders = [];
                }

                holders.Add(place);
            }
        }

        _lengths = [.. _holders.Keys.Select(beginning => beginning.Length).Distinct()];
    }

    /// <summary>Those who may be granted it on an ARN, by their places.</summary>
    public IEnumerable<int> Candidates(string arn) => _lengths
        .Where(length => length <= arn.Length)
        .SelectMany(length => _holders.TryGetValue(arn.Substring(0, length), out var holders) ? holders : []);

    private static IEnumerable<string> Beginnings(Identity identity, string action, bool isBelow)
    {
        foreach (var statement in identity.Statements.Where(statement => statement.IsAllow && statement.IsAboutAction(action)))
        {
            if (statement.ExceptsResources)
            {
                yield return "";
                continue;
            }

            foreach (var pattern in statement.ResourcePatterns(ResourceChoice.Variables(identity, statement), wanted: true).All)
            {
                yield return Beginning(pattern.Pattern, isBelow);
            }
        }
    }

    // What is said of a part of a resource is said of something in it.
    private static string Beginning(string pattern, bool isBelow)
    {
        var end = pattern.IndexOfAny(Wildcards);
        var slash = isBelow ? pattern.IndexOf('/') : -1;
        return slash >= 0 && (end < 0 || slash < end) ? pattern.Substring(0, slash + 1) : end < 0 ? pattern : pattern.Substring(0, end);
    }
}
