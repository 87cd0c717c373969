using System;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A harvest is to be resumed, and none can be.</summary>
internal sealed class NothingToResumeException(string message) : Exception(message);
