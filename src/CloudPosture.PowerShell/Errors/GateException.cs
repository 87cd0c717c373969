using System;
using CloudPosture.Posture;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A gate stays shut.</summary>
internal sealed class GateException(GateVerdict verdict, string message) : Exception(message)
{
    public GateVerdict Verdict { get; } = verdict;
}
