namespace CloudPosture.Onboarding.Templates;

/// <summary>Ends the script as failed.</summary>
/// <param name="Before">What is said before the variable's value.</param>
/// <param name="Variable">The variable.</param>
/// <param name="After">What is said after it.</param>
internal sealed record ScriptStop(string Before, string Variable, string After) : ScriptStep
{
    /// <summary>The signs that a value may hold and be printed: what a person would name a thing by, and no terminal or pipeline acts on.</summary>
    public const string Printed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+=,.@_/:-";

    /// <summary>What is printed for a value with others.</summary>
    public const string InItsPlace = "(a name with signs that are not printed here)";
}
