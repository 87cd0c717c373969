using System;
using System.Collections.Generic;
using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A change failed; what was done before was taken back, or the message names what remains.</summary>
public sealed class RoleChangeException : CloudPostureException
{
    internal RoleChangeException(RoleChange failed, IReadOnlyList<string> remains, Exception cause)
        : base(Describe(failed, remains, cause), cause)
    {
        FailedChange = failed.Action;
        Remains = remains;
    }

    /// <inheritdoc/>
    public override string Id => Remains.Count == 0 ? "RoleChange" : "RoleChangeRemains";

    /// <inheritdoc/>
    public override ErrorKind Category => Remains.Count == 0 ? ErrorKind.InvalidOperation : ErrorKind.InvalidResult;

    /// <inheritdoc/>
    public override Advice Advice => new(Remains.Count == 0
        ? "Remove the cause that the message names and run it again; nothing was changed."
        : "Remove the cause that the message names and run it again: what remains is found and taken up, or remove it.");

    /// <summary>The change that failed, in words.</summary>
    public string FailedChange { get; }

    /// <summary>The changes that were made and could not be taken back, in words.</summary>
    public IReadOnlyList<string> Remains { get; }

    private static string Describe(RoleChange failed, IReadOnlyList<string> remains, Exception cause) =>
        $"'{failed.Action}' failed: {cause.Message} "
        + (remains.Count == 0 ? "Nothing remains of the other changes." : $"These changes remain: {string.Join("; ", remains)}.");
}
