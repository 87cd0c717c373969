using System.Collections.Generic;

namespace CloudPosture.Onboarding.Templates;

/// <summary>One call of the AWS CLI that changes something.</summary>
/// <param name="Purpose">What it does, in a line.</param>
/// <param name="Operation">The command's name (<c>create-role</c>).</param>
/// <param name="Arguments">Its options.</param>
internal sealed record ScriptCommand(string Purpose, string Operation, IReadOnlyList<ScriptArgument> Arguments) : ScriptStep;
