using System.Linq;
using CloudPosture.Assessment.Escalation;
using CloudPosture.Posture.Access;

namespace CloudPosture.PowerShell.Access;

/// <summary>One step on the way to more rights, as the pipeline sees it.</summary>
public sealed record PostureEscalationStep
{
    /// <summary>Who begins the way.</summary>
    public required string Origin { get; init; }

    /// <summary>Its place on the way, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Who acts.</summary>
    public required string Actor { get; init; }

    /// <summary>The principal after the step.</summary>
    public required string Becomes { get; init; }

    /// <summary>The id of the method.</summary>
    public required string Method { get; init; }

    /// <summary>What is done.</summary>
    public required string Title { get; init; }

    /// <summary>The sort of the method.</summary>
    public required EscalationClass Class { get; init; }

    /// <summary>The ARN of what it is done through; empty where it is done by itself.</summary>
    public required string Through { get; init; }

    /// <summary>The actions with what they are on, separated by semicolons.</summary>
    public required string Actions { get; init; }

    /// <summary>The statements that allow them, separated by semicolons.</summary>
    public required string Statements { get; init; }

    /// <summary>What it hangs on, separated by semicolons; empty where it is certain.</summary>
    public required string Conditions { get; init; }

    /// <summary>The step in a few words.</summary>
    public override string ToString() => $"{Actor} > {Method} > {Becomes}";

    internal static PostureEscalationStep Of(EscalationPath path, EscalationStep step, int number) => new()
    {
        Origin = path.From.Label,
        Number = number,
        Actor = step.From.Label,
        Becomes = step.To.Label,
        Method = step.Method,
        Title = step.Title,
        Class = step.Class,
        Through = step.Through ?? "",
        Actions = string.Join("; ", step.Actions.Select(action => $"{action.Action} on {action.Resource}")),
        Statements = string.Join("; ", step.Actions.SelectMany(action => action.DecidedBy).Distinct()),
        Conditions = string.Join("; ", step.Conditions),
    };
}
