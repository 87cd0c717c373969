using System;

namespace CloudPosture.Errors;

/// <summary>
/// Something that went wrong and that whoever uses the engine is told of: a stable id, what kind of mishap it is, what to do, and what it is about.
/// The message says what is wrong in the engine's own words; which command of a host puts it right is the host's to say, by the advice's id.
/// </summary>
public abstract class CloudPostureException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    /// <param name="cause">What it came from.</param>
    protected CloudPostureException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>A name that stays the same over versions (<c>ConnectionNotFound</c>).</summary>
    public abstract string Id { get; }

    /// <summary>What kind of mishap it is.</summary>
    public abstract ErrorKind Category { get; }

    /// <summary>What to do; null where there is nothing to say beyond the message.</summary>
    public virtual Advice? Advice => null;

    /// <summary>What it is about; null where nothing is named.</summary>
    public virtual string? Target => Advice?.Subject;
}
