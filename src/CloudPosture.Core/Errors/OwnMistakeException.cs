using System;
using System.Collections.Generic;

namespace CloudPosture.Errors;

/// <summary>A mistake of this product: neither what was asked nor what was answered is to blame. It keeps what was thrown, with its stack.</summary>
public sealed class OwnMistakeException : CloudPostureException
{
    private OwnMistakeException(Exception thrown)
        : base($"CloudPosture itself made a mistake ({thrown.GetType().Name}: {thrown.Message.TrimEnd('.')}).", thrown)
    {
    }

    /// <inheritdoc/>
    public override string Id => "OwnMistake";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Other;

    /// <inheritdoc/>
    public override Advice Advice => new("Report it with the whole exception, which keeps the stack. Trying again will hardly help.");

    /// <summary>Whether only a mistake in this program throws this.</summary>
    /// <param name="problem">What was thrown.</param>
    public static bool Is(Exception problem) =>
        problem is ArgumentException or KeyNotFoundException or InvalidOperationException or NullReferenceException or InvalidCastException or IndexOutOfRangeException or FormatException or NotImplementedException or ArithmeticException;

    /// <summary>An exception as it is told: wrapped where it is a mistake of ours.</summary>
    /// <param name="problem">What was thrown.</param>
    public static Exception Told(Exception problem) => Is(problem) ? new OwnMistakeException(problem) : problem;
}
