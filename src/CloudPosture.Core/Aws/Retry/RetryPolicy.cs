using System;
using System.Globalization;

namespace CloudPosture.Aws.Retry;

/// <summary>How often and after what pause a failed attempt is repeated.</summary>
/// <param name="Mode">The way.</param>
/// <param name="MaxAttempts">The most attempts, the first included; at least 1.</param>
public sealed record RetryPolicy(RetryMode Mode, int MaxAttempts)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(20);

    // The buckets whose rates AWS publishes are full again within twelve seconds ("Request throttling for the Amazon EC2 API" and
    // the quotas of the other services): who asks for more than a minute is not AWS, or is wrong.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(60);

    [ThreadStatic]
    private static Random? _random;

    /// <summary>The policy that AWS_RETRY_MODE and AWS_MAX_ATTEMPTS ask for; without them standard, three attempts.</summary>
    /// <param name="environment">Reads a variable; null is the process's environment.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="AwsConfigurationException">A variable has no valid value.</exception>
    public static RetryPolicy FromEnvironment(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var mode = environment("AWS_RETRY_MODE") switch
        {
            null or "" => RetryMode.Standard,
            var text when text.Equals("standard", StringComparison.OrdinalIgnoreCase) => RetryMode.Standard,
            var text when text.Equals("adaptive", StringComparison.OrdinalIgnoreCase) => RetryMode.Adaptive,
            var text when text.Equals("legacy", StringComparison.OrdinalIgnoreCase) => RetryMode.Legacy,
            var text => throw new AwsConfigurationException($"AWS_RETRY_MODE is '{text}'; it must be standard, adaptive or legacy."),
        };
        return environment("AWS_MAX_ATTEMPTS") switch
        {
            null or "" => new RetryPolicy(mode, mode == RetryMode.Legacy ? 5 : 3),
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) && attempts > 0 => new RetryPolicy(mode, attempts),
            var text => throw new AwsConfigurationException($"AWS_MAX_ATTEMPTS is '{text}'; it must be a whole number above 0. It counts the first attempt."),
        };
    }

    /// <summary>Whether another attempt may fare better.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <returns>True for throttling, time-outs, faults of service or connection, and damaged answers.</returns>
    public static bool IsRetryable(AwsErrorKind kind) =>
        kind is AwsErrorKind.Throttled or AwsErrorKind.Transient or AwsErrorKind.TimedOut or AwsErrorKind.Unreachable or AwsErrorKind.Malformed;

    /// <summary>Whether another attempt may fare better: one that was met with an answer without end is met with it again, which costs time and memory each time.</summary>
    /// <param name="problem">How the last one failed.</param>
    /// <returns>False for an answer longer than any of AWS too.</returns>
    internal static bool IsRetryable(AwsServiceException problem) => IsRetryable(problem.Kind) && !problem.IsTooLong;

    /// <summary>How long a service asks to be left alone, as far as that is heeded: a minute at most.</summary>
    /// <param name="retryAfter">What the service asked for, or null.</param>
    /// <returns>Null where it asked for nothing.</returns>
    public static TimeSpan? Bounded(TimeSpan? retryAfter) => retryAfter > LongestAsked ? LongestAsked : retryAfter;

    /// <summary>The pause before the next attempt: random × min(2^(failures-1), 20 s), but no less than the service asked for, up to a minute.</summary>
    /// <param name="failures">How many attempts have failed; at least 1.</param>
    /// <param name="retryAfter">What the service asked for, or null.</param>
    /// <param name="random">A number from 0 to 1; null draws one.</param>
    /// <returns>The pause, from 0 to 20 seconds, or up to 60 where the service asked for more.</returns>
    public static TimeSpan Delay(int failures, TimeSpan? retryAfter = null, double? random = null)
    {
        // 2^5 s is above the cap already; the bound keeps the power finite.
        var ceiling = Math.Min(Math.Pow(2, Math.Min(failures - 1, 5)), LongestDelay.TotalSeconds);
        var delay = TimeSpan.FromSeconds((random ?? (_random ??= new Random(Guid.NewGuid().GetHashCode())).NextDouble()) * ceiling);
        return Bounded(retryAfter) is { } asked && asked > delay ? asked : delay;
    }
}
