using System;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;

namespace CloudPosture.Harvest.Calls;

/// <summary>
/// How often a harvest repeats a call. AWS_MAX_ATTEMPTS decides where it is set; otherwise throttling, which only costs time, is
/// met with more patience than faults.
/// </summary>
internal sealed record RetryLimits(int Throttled, int Other)
{
    private const int ThrottledByDefault = 10;

    /// <summary>False for the legacy mode, which meets an outage with all its retries.</summary>
    public bool HasQuota { get; init; } = true;

    public static RetryLimits FromEnvironment(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var standard = RetryPolicy.FromEnvironment(environment);
        return new RetryLimits(environment("AWS_MAX_ATTEMPTS") is null or "" ? ThrottledByDefault : standard.MaxAttempts, standard.MaxAttempts)
        {
            HasQuota = standard.Mode != RetryMode.Legacy,
        };
    }

    public bool Allows(AwsServiceException problem, int failures) =>
        RetryPolicy.IsRetryable(problem) && failures < (problem.Kind == AwsErrorKind.Throttled ? Throttled : Other);
}
