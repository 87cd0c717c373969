using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws;
using CloudPosture.Harvest.Calls;
using CloudPosture.Harvest.Pacing;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Harvest;

/// <summary>The rates are never exceeded, whatever is asked when.</summary>
public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void InNoSpanOfTimeMoreCallsGoThanBucketAndRateAllow()
    {
        var pauses = Gen.Choose(0, 3000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)).NonEmptyListOf().Select(list => list.Take(200).ToArray());
        var cases = from capacity in Gen.Choose(1, 50)
                    from rate in Gen.Choose(1, 40)
                    from gaps in pauses
                    from throttles in Gen.Choose(0, 10).ListOf()
                    select (capacity, rate: rate / 2.0, gaps, throttles: throttles.ToHashSet());

        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var went = Simulate(given.capacity, given.rate, given.gaps, given.throttles);
            return went.All(first => went.Where(last => last >= first).All(last =>
                went.Count(at => at >= first && at <= last) <= given.capacity + ((last - first).TotalSeconds * given.rate) + 1e-6));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ThrottlingHalvesTheRateOnceAndItGrowsBackSlowly()
    {
        var bucket = new TokenBucket(10, 10, Start);
        bucket.Throttled(Start, null);
        bucket.Throttled(Start.AddMilliseconds(200), null);
        Assert.Equal(5, bucket.Rate, 1);

        bucket.Throttled(Start.AddSeconds(2), null);
        Assert.InRange(bucket.Rate, 2.5, 2.7);

        bucket.Take(Start.AddSeconds(30));
        Assert.InRange(bucket.Rate, 5, 6);
        bucket.Take(Start.AddSeconds(300));
        Assert.Equal(10, bucket.Rate);
    }

    [Fact]
    public void EndlessThrottlingNeverStopsABucketForGood()
    {
        var bucket = new TokenBucket(10, 10, Start);
        for (var second = 0; second < 100; second++)
        {
            bucket.Throttled(Start.AddSeconds(second), null);
        }

        Assert.InRange(bucket.Rate, 0.2, 0.5);
    }

    [Fact]
    public void RetryAfterHoldsTheWholeClass()
    {
        var bucket = new TokenBucket(10, 10, Start);
        bucket.Throttled(Start, TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(20), bucket.Take(Start.AddSeconds(10)));
        Assert.Equal(TimeSpan.Zero, bucket.Take(Start.AddSeconds(31)));
    }

    [Theory]
    [InlineData(null, 10, 3)]
    [InlineData("5", 5, 5)]
    [InlineData("1", 1, 1)]
    public void TheEnvironmentDecidesHowOftenACallIsRepeated(string? attempts, int throttled, int other) =>
        Assert.Equal(new RetryLimits(throttled, other), RetryLimits.FromEnvironment(name => name == "AWS_MAX_ATTEMPTS" ? attempts : null));

    [Fact]
    public void WhatCannotHelpIsNotRepeated()
    {
        var limits = new RetryLimits(10, 3);

        Assert.False(limits.Allows(Failed(AwsErrorKind.AccessDenied), 1));
        Assert.True(limits.Allows(Failed(AwsErrorKind.Transient), 2));
        Assert.False(limits.Allows(Failed(AwsErrorKind.Transient), 3));
        Assert.True(limits.Allows(Failed(AwsErrorKind.Throttled), 9));
    }

    private static AwsServiceException Failed(AwsErrorKind kind) => new("It failed.") { Kind = kind, Code = "Failed" };

    /// <summary>Callers come with pauses between them, and each waits for its turn.</summary>
    private static List<DateTimeOffset> Simulate(double capacity, double rate, IReadOnlyList<TimeSpan> gaps, HashSet<int> throttles)
    {
        var bucket = new TokenBucket(capacity, rate, Start);
        var went = new List<DateTimeOffset>();
        var now = Start;
        for (var i = 0; i < gaps.Count; i++)
        {
            now += gaps[i];
            while (bucket.Take(now) is { Ticks: > 0 } wait)
            {
                now += wait;
            }

            went.Add(now);
            if (throttles.Contains(i))
            {
                bucket.Throttled(now, null);
            }
        }

        return went;
    }
}
