using System;

namespace CloudPosture.Assessment;

/// <summary>A file of rules, benchmarks or exceptions is invalid. The message names file, line, what is wrong and what is allowed.</summary>
public sealed class AssessmentFileException : Exception
{
    internal AssessmentFileException(string file, long line, string? subject, string problem, Exception? cause = null)
        : base($"{file}, line {line}: {(subject is null ? "" : subject + ": ")}{problem}", cause)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>The line, from 1.</summary>
    public long Line { get; }
}
