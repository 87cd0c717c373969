using System;

namespace CloudPosture.PowerShell.Errors;

/// <summary>What went wrong with the parameter or cmdlet that does something about it, for scripts that print an exception's message alone.</summary>
/// <param name="message">The whole message.</param>
/// <param name="original">What was thrown.</param>
internal sealed class AdvisedException(string message, Exception original) : Exception(message, original);
