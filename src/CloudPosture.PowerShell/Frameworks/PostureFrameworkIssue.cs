using CloudPosture.Content;

namespace CloudPosture.PowerShell.Frameworks;

/// <summary>Something in a file of frameworks that cannot be read, or names what is not there.</summary>
public sealed record PostureFrameworkIssue
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The framework; empty where the file itself is meant.</summary>
    public required string BenchmarkId { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string Message { get; init; }

    internal static PostureFrameworkIssue From(ContentException problem) => new()
    {
        File = problem.File,
        Line = problem.Line,
        BenchmarkId = problem.Subject is { } subject ? subject.Substring(subject.IndexOf(' ') + 1) : "",
        Message = problem.Problem,
    };
}
