using System.Collections.Generic;

namespace CloudPosture.Findings;

/// <summary>What became of one entry of another tool's list of what it is silent about.</summary>
/// <param name="Source">The entry, as its file names it.</param>
/// <param name="Exceptions">What it is here, without ids; empty where it cannot be said here.</param>
/// <param name="Problem">Why it cannot be said here; null where it can.</param>
public sealed record ImportedEntry(string Source, IReadOnlyList<PostureException> Exceptions, string? Problem)
{
    internal static ImportedEntry Refused(string source, string problem) => new(source, [], problem);
}
