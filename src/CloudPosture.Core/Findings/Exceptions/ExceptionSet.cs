using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Exceptions;

/// <summary>The failures that are accepted today. They count when findings are read, so that a new exception needs no new harvest and an old one ends by itself.</summary>
public sealed class ExceptionSet
{
    /// <summary>Nothing is accepted.</summary>
    public static readonly ExceptionSet Empty = new([]);

    private readonly IReadOnlyList<ExceptionMatch> _matches;

    private ExceptionSet(IReadOnlyList<ExceptionMatch> matches) => _matches = matches;

    /// <summary>Prepares the exceptions that are in force.</summary>
    /// <param name="exceptions">All exceptions; of several that cover a finding the first counts.</param>
    /// <param name="benchmarks">The benchmarks, for exceptions by requirement.</param>
    /// <param name="lake">Where the tags of resources are looked up, which is done only where an exception asks for tags.</param>
    /// <param name="now">The time.</param>
    public static ExceptionSet Of(IEnumerable<PostureException> exceptions, IReadOnlyList<Benchmark> benchmarks, PostureLake lake, DateTimeOffset now)
    {
        var matches = Matches(exceptions.Where(exception => exception.IsInForce(now)), benchmarks, () => lake.ReadResources(new ResourceQuery()));
        return matches.Count == 0 ? Empty : new ExceptionSet(matches);
    }

    /// <summary>A set of each exception, in force or not, from one pass over the resources.</summary>
    internal static IReadOnlyList<ExceptionSet> Each(IEnumerable<PostureException> exceptions, IReadOnlyList<Benchmark> benchmarks, Func<IEnumerable<Resource>> resources) =>
        [.. Matches(exceptions, benchmarks, resources).Select(match => new ExceptionSet([match]))];

    /// <summary>The exception that covers a finding which fails; null where none does, or it does not fail.</summary>
    /// <param name="finding">The finding.</param>
    public PostureException? Find(Finding finding) =>
        Verdicts.Of(finding.Status) != FindingStatus.Fail ? null : _matches.FirstOrDefault(match => match.Covers(finding))?.Exception;

    /// <summary>The finding as it is to be shown: Excepted where an exception covers it.</summary>
    /// <param name="finding">The finding as the lake has it.</param>
    public Finding Apply(Finding finding) =>
        Find(finding) is { } exception
            ? finding with { Status = FindingStatus.Excepted, ExceptionId = exception.Id, ExceptionReason = exception.Reason }
            : finding;

    private static List<ExceptionMatch> Matches(IEnumerable<PostureException> exceptions, IReadOnlyList<Benchmark> benchmarks, Func<IEnumerable<Resource>> resources)
    {
        var matches = exceptions.Select(exception => new ExceptionMatch(exception, benchmarks)).ToList();
        if (matches.FindAll(match => match.NeedsTags) is { Count: > 0 } tagged)
        {
            foreach (var resource in resources())
            {
                tagged.ForEach(match => match.Note(resource));
            }
        }

        return matches;
    }
}
