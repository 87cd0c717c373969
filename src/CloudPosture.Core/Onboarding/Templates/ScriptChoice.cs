using System.Collections.Generic;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Steps that depend on a variable.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">What it is compared with, or what goes before the account id; letters, digits and what names and ARNs hold.</param>
/// <param name="AfterAccount">What goes after the account id; null where the value is known.</param>
/// <param name="Equal">The steps where it is that.</param>
/// <param name="Other">The steps where it is not.</param>
internal sealed record ScriptChoice(string Variable, string Value, string? AfterAccount, IReadOnlyList<ScriptStep> Equal, IReadOnlyList<ScriptStep> Other) : ScriptStep;
