using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Derived;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Assessment.Paths;

/// <summary>Makes of a path, or of there being none, what rules may say of it.</summary>
internal static class PathVerdict
{
    /// <summary>Whether there is a path.</summary>
    /// <param name="path">What was found; null for nothing.</param>
    /// <param name="subject">What is asked about.</param>
    /// <param name="unread">Which policy was not read on a way that there may be; null for none.</param>
    /// <param name="lists">The types without whose lists it is not known that there is none.</param>
    /// <param name="none">What to say where there is none.</param>
    /// <param name="explain">Whether evidence is wanted.</param>
    public static DerivedValue Of(PosturePath? path, in Subject subject, string? unread, IEnumerable<string> lists, string none, bool explain)
    {
        if (path is null)
        {
            var account = subject.Account;
            return (unread ?? lists.Select(type => account.WhyMissing(type, region: null)).FirstOrDefault(missing => missing is not null)) is { } missing
                ? DerivedValue.Unknown(explain ? missing : null)
                : DerivedValue.Of(false, explain ? none : null);
        }

        if (!path.IsCertain)
        {
            return path.Conditions.Split([';'], StringSplitOptions.None).Any(Doubts.IsOfReading)
                ? DerivedValue.Unknown(explain ? $"{path.Path}, if {path.Conditions}" : null)
                : DerivedValue.Of(false, explain ? $"{none}; {path.Path} hangs on this: {path.Conditions}" : null);
        }

        return path.Steps.Any(step => step.Kind == PathStepKind.Escalation) && !AccountPaths.Of(subject.Account).IsControlKnown
            ? DerivedValue.Unknown(explain ? $"{path.Path}, unless the organization's control policies, which were not read, forbid it" : null)
            : DerivedValue.Of(true, explain ? $"{path.Path}. Cheapest cut: {path.Cut}" : null);
    }
}
