using CloudPosture.Errors;

namespace CloudPosture.Quoting;

/// <summary>An argument that a shell has no way to pass on unchanged; the message says why and what to do.</summary>
public sealed class UnquotableArgumentException : CloudPostureException
{
    internal UnquotableArgumentException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public override string Id => "Unquotable";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidArgument;

    /// <inheritdoc/>
    public override Advice Advice => new("Choose another format, or change the value that the message names.");
}
