using System;

namespace CloudPosture.PowerShell.Errors;

/// <summary>
/// Takes the place of an exception whose message would steer a terminal or a pipeline's log. Hosts and scripts print messages from
/// wherever they are in an error record, so that the raw one must not be in it at all.
/// </summary>
/// <param name="message">The message made harmless.</param>
/// <param name="original">The exception's own type.</param>
internal sealed class HostileTextException(string message, Type original) : Exception(message)
{
    /// <summary>The type of the exception that was thrown.</summary>
    public string OriginalType => original.FullName ?? original.Name;
}
