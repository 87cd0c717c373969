using System.Collections.Generic;

namespace CloudPosture.Assessment.Escalation;

/// <summary>An action of a step, with the statements that allow it.</summary>
/// <param name="Action">The action.</param>
/// <param name="Resource">What it is on; <c>*</c> in place of what may be chosen.</param>
/// <param name="DecidedBy">The statements.</param>
public sealed record StepAction(string Action, string Resource, IReadOnlyList<string> DecidedBy);
