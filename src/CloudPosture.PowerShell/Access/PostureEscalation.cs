using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Posture.Access;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Access;

/// <summary>The shortest way of a principal to more rights, as the pipeline sees it.</summary>
public sealed record PostureEscalation
{
    /// <summary>Who begins, in a few words.</summary>
    public required string Origin { get; init; }

    /// <summary>What kind of principal the way begins at.</summary>
    public required IdentityKind OriginType { get; init; }

    /// <summary>The ARN of the principal; the name of a provider; <c>*</c> for everyone.</summary>
    public required string OriginArn { get; init; }

    /// <summary>The account of the principal, 12 digits; empty for those that have none.</summary>
    public required string AccountId { get; init; }

    /// <summary>The principal that can be become, in a few words.</summary>
    public required string Goal { get; init; }

    /// <summary>The ARN of that one; the account's root for whoever may do everything in it.</summary>
    public required string GoalArn { get; init; }

    /// <summary>The account of that one.</summary>
    public required string GoalAccountId { get; init; }

    /// <summary>The number of steps.</summary>
    public required int Length { get; init; }

    /// <summary>Whether each step is known to work.</summary>
    public required PostureCertainty Certainty { get; init; }

    /// <summary>The ids of the methods, in their order.</summary>
    public required string Methods { get; init; }

    /// <summary>The way in one line.</summary>
    public required string Path { get; init; }

    /// <summary>What it hangs on, separated by semicolons; empty where it is certain.</summary>
    public required string Conditions { get; init; }

    /// <summary>The steps.</summary>
    public required IReadOnlyList<PostureEscalationStep> Steps { get; init; }

    internal static PostureEscalation Of(EscalationPath path) => new()
    {
        Origin = path.From.Label,
        OriginType = path.From.Kind,
        OriginArn = path.From.Arn,
        AccountId = path.From.AccountId,
        Goal = path.To.Label,
        GoalArn = path.To.Arn,
        GoalAccountId = path.To.AccountId,
        Length = path.Steps.Count,
        Certainty = path.IsCertain ? PostureCertainty.Certain : PostureCertainty.Conditional,
        Methods = string.Join(" > ", path.Steps.Select(step => step.Method)),
        Path = path.From.Label + string.Concat(path.Steps.Select(step => $" > {step.Method} > {step.To.Label}")),
        Conditions = string.Join("; ", path.Conditions),

        // An array of its own kind cannot be indexed in PowerShell.
        Steps = new PrintedList<PostureEscalationStep>([.. path.Steps.Select((step, index) => PostureEscalationStep.Of(path, step, index + 1))]),
    };
}
