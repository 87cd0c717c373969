using System;
using System.Collections.Generic;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A change failed; what was done before was taken back, or the message names what remains.</summary>
public sealed class RoleChangeException : Exception
{
    internal RoleChangeException(RoleChange failed, IReadOnlyList<string> remains, Exception cause)
        : base(Describe(failed, remains, cause), cause)
    {
        FailedChange = failed.Action;
        Remains = remains;
    }

    /// <summary>The change that failed, in words.</summary>
    public string FailedChange { get; }

    /// <summary>The changes that were made and could not be taken back, in words.</summary>
    public IReadOnlyList<string> Remains { get; }

    private static string Describe(RoleChange failed, IReadOnlyList<string> remains, Exception cause) =>
        $"'{failed.Action}' failed: {cause.Message} "
        + (remains.Count == 0 ? "Nothing remains of the other changes." : $"These changes remain: {string.Join("; ", remains)}.");
}
