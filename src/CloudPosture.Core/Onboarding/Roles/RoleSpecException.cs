using System;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role was described in a way that AWS or its vendor would refuse, or that would be unsafe; the message says what to change.</summary>
public sealed class RoleSpecException : ArgumentException
{
    internal RoleSpecException(string message)
        : base(message)
    {
    }
}
