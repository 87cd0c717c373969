using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Exceptions;

/// <summary>Tells which exceptions do nothing, or soon will not.</summary>
public static class ExceptionReview
{
    /// <summary>How long before its end an exception is told of.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    /// <summary>Looks through the latest findings of a lake.</summary>
    /// <param name="exceptions">The exceptions.</param>
    /// <param name="benchmarks">The benchmarks, for exceptions by requirement.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="now">The time.</param>
    /// <returns>Each exception with its state and how many failures it covers, one that is expired those it no longer does.</returns>
    public static IReadOnlyList<(PostureException Exception, ExceptionState State, int Findings)> Of(
        IReadOnlyList<PostureException> exceptions, IReadOnlyList<Benchmark> benchmarks, PostureLake lake, DateTimeOffset now)
    {
        var counts = exceptions.ToDictionary(exception => exception.Id, _ => 0, StringComparer.OrdinalIgnoreCase);
        var isAnythingAssessed = false;
        var each = ExceptionSet.Each(exceptions, benchmarks, () => lake.ReadResources(new ResourceQuery()));
        foreach (var finding in lake.ReadFindings(new FindingQuery()))
        {
            isAnythingAssessed = true;
            foreach (var exception in each.Select(set => set.Find(finding)).OfType<PostureException>())
            {
                counts[exception.Id]++;
            }
        }

        return [.. exceptions.Select(exception => (exception, StateOf(exception, isAnythingAssessed && counts[exception.Id] == 0, now), counts[exception.Id]))];
    }

    private static ExceptionState StateOf(PostureException exception, bool isUnused, DateTimeOffset now) =>
        !exception.IsInForce(now) ? ExceptionState.Expired
        : isUnused ? ExceptionState.Unused
        : !exception.IsInForce(now + Soon) ? ExceptionState.ExpiresSoon
        : ExceptionState.Active;
}
