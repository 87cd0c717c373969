using System;
using CloudPosture.Aws.Protocols;
using CloudPosture.Errors;

namespace CloudPosture.Aws;

/// <summary>A call that AWS refused or that never reached it. The message says what happened and, where that is known, what to do.</summary>
public sealed class AwsServiceException : CloudPostureException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    /// <param name="cause">What it came from.</param>
    public AwsServiceException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <inheritdoc/>
    public override string Id => AwsErrorAdvice.Of(this).Id;

    /// <inheritdoc/>
    public override ErrorKind Category => AwsErrorAdvice.Of(this).Category;

    /// <inheritdoc/>
    public override Advice Advice => AwsErrorAdvice.Of(this).Advice;

    /// <summary>The error code as the service sends it (<c>NoSuchEntity</c>); the HTTP status where it sends none.</summary>
    public string Code { get; init; } = "";

    /// <summary>The service's own words; empty where there are none. Text from AWS: it may name resources.</summary>
    public string ServiceMessage { get; init; } = "";

    /// <summary>What the failure means to the caller.</summary>
    public AwsErrorKind Kind { get; init; }

    /// <summary>The id by which AWS Support finds the call, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status; 0 where no answer came.</summary>
    public int HttpStatus { get; init; }

    /// <summary>The model's name of the service (<c>iam</c>).</summary>
    public string Service { get; init; } = "";

    /// <summary>The operation (<c>ListUsers</c>).</summary>
    public string Operation { get; init; } = "";

    /// <summary>The Region that was called, or null.</summary>
    public string? Region { get; init; }

    /// <summary>The account that was called, or null.</summary>
    public string? AccountId { get; init; }

    /// <summary>Whether the answer was longer than any of AWS.</summary>
    internal bool IsTooLong => InnerException is MalformedAnswerException { IsTooLong: true };

    /// <summary>Whether something between gave the answer, and AWS said nothing: a proxy, a gateway or a sign-in page.</summary>
    internal bool IsForeign => Kind == AwsErrorKind.Malformed && HttpStatus > 0;

    /// <summary>How long the service asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
