using System.Collections.Generic;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Posture.Access;

/// <summary>One step on the way to more rights.</summary>
/// <param name="From">Who acts.</param>
/// <param name="To">The principal after the step.</param>
/// <param name="Method">The id of the method.</param>
/// <param name="Title">What is done.</param>
/// <param name="Class">Its sort.</param>
/// <param name="Through">The ARN of what it is done through; null where it is done by itself.</param>
/// <param name="Actions">The actions, each with what it is on and the statements that allow it.</param>
/// <param name="Conditions">What it hangs on that no harvest shows; empty where it is certain.</param>
public sealed record EscalationStep(
    AccessParty From, AccessParty To, string Method, string Title, EscalationClass Class, string? Through, IReadOnlyList<StepAction> Actions, IReadOnlyList<string> Conditions)
{
    internal static EscalationStep Of(Step step) => new(
        AccessParty.Of(step.From), AccessParty.Of(step.To), step.Method.Id, step.Method.Title, step.Method.Class, step.Through, step.Judgement.Actions, step.Judgement.Conditions);
}
