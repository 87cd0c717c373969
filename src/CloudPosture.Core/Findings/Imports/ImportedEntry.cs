using System.Collections.Generic;
using CloudPosture.Errors;
using CloudPosture.Findings.Exceptions;

namespace CloudPosture.Findings.Imports;

/// <summary>What became of one entry of another tool's list of what it is silent about.</summary>
/// <param name="Source">The entry, as its file names it.</param>
/// <param name="Exceptions">What it is here, without ids; empty where it cannot be said here.</param>
/// <param name="Problem">Why it cannot be said here; null where it can.</param>
public sealed record ImportedEntry(string Source, IReadOnlyList<PostureException> Exceptions, string? Problem)
{
    /// <summary>What to do about the problem; by its id a host finds the command that does it.</summary>
    public Advice Advice { get; private init; } = new("Write the exception by hand.", "ExceptionByHand");

    internal static ImportedEntry WithoutRule(string source) =>
        new(source, [], "no rule gives the same verdict.") { Advice = new Advice("See which rules are akin.", "RulesAkin") };

    internal static ImportedEntry Refused(string source, string problem) => new(source, [], problem);
}
