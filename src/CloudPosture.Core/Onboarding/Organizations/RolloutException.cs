using System;
using System.Collections.Generic;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>A rollout ended before its end; the message names what was made and remains, which a second run takes up.</summary>
public sealed class RolloutException : Exception
{
    internal RolloutException(string problem, IReadOnlyList<string> remains, Exception? cause = null)
        : base(Describe(problem, remains), cause) => Remains = remains;

    /// <summary>What was made and remains, in words.</summary>
    public IReadOnlyList<string> Remains { get; }

    private static string Describe(string problem, IReadOnlyList<string> remains) =>
        problem + (remains.Count == 0 ? " Nothing was changed." : $" These remain, and the next run takes them up: {string.Join("; ", remains)}.");
}
