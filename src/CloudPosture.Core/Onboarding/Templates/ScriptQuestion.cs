using System.Collections.Generic;

namespace CloudPosture.Onboarding.Templates;

/// <summary>One call of the AWS CLI that only looks; its answer goes to a variable, which is empty where there is no such thing.</summary>
/// <param name="Purpose">What is asked, in a line.</param>
/// <param name="Variable">The variable, in small letters.</param>
/// <param name="Operation">The command's name (<c>get-role</c>).</param>
/// <param name="Arguments">Its options.</param>
internal sealed record ScriptQuestion(string Purpose, string Variable, string Operation, IReadOnlyList<ScriptArgument> Arguments) : ScriptStep
{
    /// <summary>True where the answer is the id of a policy's version, which a later command is given.</summary>
    public bool IsVersion { get; init; }
}
