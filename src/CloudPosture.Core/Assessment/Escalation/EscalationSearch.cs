using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Escalation;

/// <summary>
/// Searches shortest ways, breadth first: ways that are certain, and then, for those who have none, ways that hang on what nobody
/// knows. Each identity is come to once, so that the work grows with the steps there are.
/// </summary>
/// <param name="graph">The steps there are.</param>
/// <param name="past">Where ways out lead on from whoever may do everything in an account.</param>
internal sealed class EscalationSearch(EscalationGraph graph, PastAdministrators past = PastAdministrators.ByWaysAlone)
{
    /// <summary>For each identity that can become one of the goals, the first step of its shortest way.</summary>
    public IReadOnlyDictionary<Identity, Step> Into(IEnumerable<Identity> goals, CancellationToken cancellationToken) =>
        Search(goals, graph.Into, candidate => candidate.From, cancellationToken);

    /// <summary>For each identity that one can become, the last step of its shortest way.</summary>
    public IReadOnlyDictionary<Identity, Step> OutOf(Identity from, CancellationToken cancellationToken) =>
        OutOf([from], cancellationToken);

    /// <summary>For each identity that some can become, the last step of its shortest way.</summary>
    public IReadOnlyDictionary<Identity, Step> OutOf(IEnumerable<Identity> from, CancellationToken cancellationToken) =>
        Search(from, Onward, candidate => candidate.To, cancellationToken);

    private IEnumerable<Candidate> Onward(Identity from) => past switch
    {
        PastAdministrators.ToEveryone => graph.OutOf(from).Concat(graph.Administered(from)),
        PastAdministrators.ToNobody when graph.IsAdministrator(from) => [],
        _ => graph.OutOf(from),
    };

    private Dictionary<Identity, Step> Search(IEnumerable<Identity> starts, Func<Identity, IEnumerable<Candidate>> next, Func<Candidate, Identity> other, CancellationToken cancellationToken)
    {
        var reached = new Dictionary<Identity, Step>();
        var started = new HashSet<Identity>(starts);
        var uncertain = new List<List<Step>>();
        var atUncertain = new HashSet<Identity>();
        var level = new List<Identity>(started);
        for (var distance = 1; level.Count > 0; distance++)
        {
            var further = new List<Identity>();
            foreach (var identity in level)
            {
                foreach (var candidate in Fresh(identity))
                {
                    var found = other(candidate);
                    if (graph.Judge(candidate) is not { } step)
                    {
                        continue;
                    }

                    if (step.IsCertain)
                    {
                        reached[found] = step;
                        further.Add(found);
                    }
                    else if (atUncertain.Add(found))
                    {
                        At(distance).Add(step);
                    }
                }
            }

            level = further;
        }

        for (var distance = 1; distance < uncertain.Count; distance++)
        {
            foreach (var step in uncertain[distance].ToArray())
            {
                var found = other(new Candidate(step));
                if (reached.ContainsKey(found))
                {
                    continue;
                }

                reached[found] = step;
                foreach (var candidate in Fresh(found))
                {
                    if (graph.Judge(candidate) is { } onward)
                    {
                        At(distance + 1).Add(onward);
                    }
                }
            }
        }

        return reached;

        IEnumerable<Candidate> Fresh(Identity identity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var candidate in next(identity))
            {
                var found = other(candidate);
                if (!reached.ContainsKey(found) && !started.Contains(found))
                {
                    yield return candidate;
                }
            }
        }

        List<Step> At(int distance)
        {
            while (uncertain.Count <= distance)
            {
                uncertain.Add([]);
            }

            return uncertain[distance];
        }
    }
}
