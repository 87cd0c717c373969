using System;
using System.Collections.Generic;
using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>A rollout ended before its end; the message names what was made and remains, which a second run takes up.</summary>
public sealed class RolloutException : CloudPostureException
{
    internal RolloutException(string problem, IReadOnlyList<string> remains, Exception? cause = null)
        : base(Describe(problem, remains), cause) => Remains = remains;

    /// <inheritdoc/>
    public override string Id => Remains.Count == 0 ? "Rollout" : "RolloutRemains";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidResult;

    /// <inheritdoc/>
    public override Advice Advice => new("Remove the cause that the message names and run it again: what remains is found and taken up.");

    /// <summary>What was made and remains, in words.</summary>
    public IReadOnlyList<string> Remains { get; }

    private static string Describe(string problem, IReadOnlyList<string> remains) =>
        problem + (remains.Count == 0 ? " Nothing was changed." : $" These remain, and the next run takes them up: {string.Join("; ", remains)}.");
}
