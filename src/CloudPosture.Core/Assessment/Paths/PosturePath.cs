using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Assessment.Paths;

/// <summary>A way from somewhere to rights or data that nobody should come to from there.</summary>
public sealed record PosturePath
{
    /// <summary>How bad it is: by from where it begins, where it leads, how far that is, and whether it is certain.</summary>
    public required Severity Severity { get; init; }

    /// <summary>From where: <c>Internet</c>, a network, a VPC, or somebody.</summary>
    public required string From { get; init; }

    /// <summary>The type of what is come in by.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Its id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Its ARN.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Its account, 12 digits; empty for those who have none.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its Region, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Where it leads, in a few words.</summary>
    public required string Goal { get; init; }

    /// <summary>The type of that; <c>Administrator</c> for whoever may do everything in an account.</summary>
    public required string GoalType { get; init; }

    /// <summary>The ARN of that; the account's root for what stands for its administrators.</summary>
    public required string GoalArn { get; init; }

    /// <summary>The account of that, 12 digits.</summary>
    public required string GoalAccountId { get; init; }

    /// <summary>The number of steps.</summary>
    public int Length => Steps.Count;

    /// <summary>Whether each step is known to work; else it hangs on what no harvest shows, or on what was not read.</summary>
    public bool IsCertain => Conditions.Length == 0;

    /// <summary>What it hangs on, separated by semicolons; empty where it is certain.</summary>
    public required string Conditions { get; init; }

    /// <summary>What AWS's own detectors found on the path, the worst first, separated by semicolons; empty for nothing that was harvested.</summary>
    public string Findings { get; init; } = "";

    /// <summary>The path in one line.</summary>
    public string Path => Steps.Count == 0 ? "" : Steps[0].From + string.Concat(Steps.Select(step => $" > {step.Method} > {step.To}"));

    /// <summary>The cheapest thing to do so that the path leads nowhere.</summary>
    public string Cut { get => field ?? Steps[CutStep - 1].Cut; init; }

    /// <summary>The number of the step that this cuts, from 1.</summary>
    public int CutStep { get => field > 0 ? field : PathLine.Cheapest(Steps) + 1; init; }

    /// <summary>The steps, the first first.</summary>
    public required IReadOnlyList<PosturePathStep> Steps { get; init; }
}
