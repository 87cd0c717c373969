using System;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A harvest cannot go, because the lake would know less of an account without it.</summary>
internal sealed class HarvestNeededException(string message) : Exception(message);
