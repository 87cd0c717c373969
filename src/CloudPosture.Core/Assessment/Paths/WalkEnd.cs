using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Assessment.Paths;

/// <summary>A principal that can be become, and the way there.</summary>
/// <param name="Identity">Who.</param>
/// <param name="Entry">Where it begins.</param>
/// <param name="Steps">The steps from the entry's own identity; empty where it is that one.</param>
internal sealed record WalkEnd(Identity Identity, PathEntry Entry, IReadOnlyList<Step> Steps)
{
    public bool IsCertain { get; } = Entry.IsCertain && Steps.All(step => step.IsCertain);
}
