namespace CloudPosture.Onboarding.Templates;

/// <summary>Ends the script as failed.</summary>
/// <param name="Before">What is said before the variable's value.</param>
/// <param name="Variable">The variable.</param>
/// <param name="After">What is said after it.</param>
internal sealed record ScriptStop(string Before, string Variable, string After) : ScriptStep;
