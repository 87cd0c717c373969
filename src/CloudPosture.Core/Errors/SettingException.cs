namespace CloudPosture.Errors;

/// <summary>What was asked for does not fit together, or does not fit what is there.</summary>
public sealed class SettingException : CloudPostureException
{
    internal SettingException(string message, Advice? advice = null)
        : base(message) => Advice = advice;

    /// <inheritdoc/>
    public override string Id => "InvalidArgument";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidArgument;

    /// <inheritdoc/>
    public override Advice? Advice { get; }

    /// <summary>Nothing: what the advice is about is a value to give, not what went wrong.</summary>
    public override string? Target => null;
}
