using System;
using System.Threading;

namespace CloudPosture.Sandbox.Faults;

/// <summary>A fault on command. Members that are null match every call.</summary>
public sealed class Fault
{
    private int _seen;

    public FaultKind Kind { get; init; } = FaultKind.Error;

    /// <summary>The model's name (<c>ec2</c>).</summary>
    public string? Service { get; init; }

    public string? Operation { get; init; }

    public string? AccountId { get; init; }

    public string? Region { get; init; }

    /// <summary>HTTP status of an <see cref="FaultKind.Error"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Error code; null means the service's own throttling error for status 429, else InternalFailure.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Seconds for a Retry-After header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What a <see cref="FaultKind.RewrittenBody"/> makes of a body; null leaves it as it is.</summary>
    public Func<byte[], byte[]>? Rewrite { get; init; }

    /// <summary>How many calls it strikes.</summary>
    public int Count { get; init; } = int.MaxValue;

    /// <summary>How many matching calls pass before it strikes.</summary>
    public int After { get; init; }

    internal bool Strikes(string service, string operation, string account, string region)
    {
        if (!Matches(Service, service) || !Matches(Operation, operation) || !Matches(AccountId, account) || !Matches(Region, region))
        {
            return false;
        }

        var struck = Interlocked.Increment(ref _seen) - After;
        return struck > 0 && struck <= Count;
    }

    private static bool Matches(string? wanted, string actual) => wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);
}
