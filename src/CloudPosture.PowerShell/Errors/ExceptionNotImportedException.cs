using System;

namespace CloudPosture.PowerShell.Errors;

/// <summary>What another tool is silent about cannot be said here.</summary>
internal sealed class ExceptionNotImportedException(string message) : Exception(message);
