using System;
using CloudPosture.Errors;

namespace CloudPosture.Content;

/// <summary>A file of services, rules, cases, frameworks or exceptions is invalid. The message names file, line, what is wrong and what is allowed.</summary>
public sealed class ContentException : CloudPostureException
{
    internal ContentException(string file, long line, string? subject, string problem, Exception? cause = null, Advice? advice = null)
        : base($"{file}, line {line}: {(subject is null ? "" : subject + ": ")}{problem}", cause)
    {
        File = file;
        Subject = subject;
        Problem = problem;
        Line = line;
        Advice = advice;
    }

    /// <inheritdoc/>
    public override string Id => "RuleFileInvalid";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidData;

    /// <inheritdoc/>
    public override Advice? Advice { get; }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>What the problem is about (<c>rule S3.BucketMfaDelete</c>); null where it is the file.</summary>
    public string? Subject { get; }

    /// <summary>What is wrong and what is allowed.</summary>
    public string Problem { get; }

    /// <summary>The line, from 1.</summary>
    public long Line { get; }
}
