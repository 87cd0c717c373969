using System;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role cannot be removed as it is; nothing was changed.</summary>
public sealed class RoleNotRemovableException : Exception
{
    internal RoleNotRemovableException(string message, string advice)
        : base(message) => Advice = advice;

    /// <summary>What to do, in a sentence or two.</summary>
    public string Advice { get; }
}
