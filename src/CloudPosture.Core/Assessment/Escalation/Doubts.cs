using System;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Tells of what a step hangs on whether it is something that was not read, or something that no harvest shows.</summary>
internal static class Doubts
{
    /// <summary>Whether a condition is that something was not read.</summary>
    public static bool IsOfReading(string condition) =>
        condition.IndexOf("not read", StringComparison.Ordinal) >= 0 || condition.IndexOf("none was read", StringComparison.Ordinal) >= 0 || condition.IndexOf("could not be", StringComparison.Ordinal) >= 0;
}
