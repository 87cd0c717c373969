using System;
using CloudPosture.Errors;

namespace CloudPosture.Findings;

/// <summary>A file is no baseline.</summary>
public sealed class BaselineException : CloudPostureException
{
    internal BaselineException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <inheritdoc/>
    public override string Id => "FileAccess";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Storage;

    /// <inheritdoc/>
    public override Advice Advice => new("Make a baseline of the findings as they are.", "BaselineMake");
}
