using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Assessment.Paths;

/// <summary>All who can be become from some entries, each by the shortest way; ways that are certain before those that are not.</summary>
internal sealed class Walk
{
    private readonly IReadOnlyDictionary<Identity, Step> _certain;
    private readonly IReadOnlyDictionary<Identity, Step> _other;
    private readonly Dictionary<Identity, PathEntry> _starts = [];
    private readonly Dictionary<Identity, PathEntry> _uncertainStarts = [];

    /// <summary>Walks.</summary>
    /// <param name="graph">Who can become whom.</param>
    /// <param name="entries">Where it begins.</param>
    /// <param name="past">Where it leads on from administrators; where that is to nobody, they are left out themselves.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Walk(EscalationGraph graph, IEnumerable<PathEntry> entries, PastAdministrators past, CancellationToken cancellationToken)
    {
        bool IsLeftOut(Identity identity) => past == PastAdministrators.ToNobody && (identity.Kind == IdentityKind.Administrator || graph.IsAdministrator(identity));
        foreach (var entry in entries.Where(entry => entry.Identity is { } identity && !IsLeftOut(identity))
            .OrderBy(entry => entry.Length)
            .ThenBy(entry => entry.Arn, StringComparer.Ordinal))
        {
            var starts = entry.IsCertain ? _starts : _uncertainStarts;
            if (!starts.ContainsKey(entry.Identity!))
            {
                starts[entry.Identity!] = entry;
            }
        }

        var search = new EscalationSearch(graph, past);
        _certain = search.OutOf(_starts.Keys, cancellationToken);
        _other = search.OutOf(_uncertainStarts.Keys, cancellationToken);
        Reached =
        [
            .. _starts.Keys.Concat(_certain.Keys).Select(identity => Found(identity, _starts, _certain))
                .Concat(_uncertainStarts.Keys.Concat(_other.Keys)
                    .Where(identity => !_starts.ContainsKey(identity) && !_certain.ContainsKey(identity))
                    .Select(identity => Found(identity, _uncertainStarts, _other)))
                .Where(found => !IsLeftOut(found.Identity))
                .OrderBy(found => !found.IsCertain).ThenBy(found => found.Steps.Count).ThenBy(found => found.Identity.Arn, StringComparer.Ordinal),
        ];
    }

    /// <summary>Those that are come to, the entries' own identities included; the nearest first.</summary>
    public IReadOnlyList<WalkEnd> Reached { get; }

    private static WalkEnd Found(Identity identity, Dictionary<Identity, PathEntry> starts, IReadOnlyDictionary<Identity, Step> reached)
    {
        var steps = new List<Step>();
        var at = identity;
        while (!starts.ContainsKey(at) && reached.TryGetValue(at, out var step))
        {
            steps.Add(step);
            at = step.From;
        }

        steps.Reverse();
        return new WalkEnd(identity, starts[at], steps);
    }
}
