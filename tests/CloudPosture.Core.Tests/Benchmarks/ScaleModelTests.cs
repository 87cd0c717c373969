using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Benchmarks;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Tests.Benchmarks;

/// <summary>What the simulation computes for few accounts can be computed in one's head.</summary>
public sealed class ScaleModelTests
{
    private static readonly ScaleModel Model = new() { QuotaShare = 0.5, Latency = 0.1, SideBySide = 2, Cores = 2, CpuPerCall = 0.001, Memory = 100 };

    [Theory]
    [InlineData(10, 5, 5, 0)]
    [InlineData(10, 5, 15, 4)]
    [InlineData(1, 1, 3, 4)]
    public void ABucketGivesWhatItHoldsAtOnceAndTheRestAtItsRate(double bucket, double refill, int calls, double seconds) =>
        Assert.Equal(seconds, Model.SecondsOf(new RateEntry(["*"], bucket, refill), calls), 3);

    [Fact]
    public void AServiceTakesAsLongAsItsFullestBucketAndItsRoundTrips()
    {
        // A bucket of 100 and 20 a second for each operation and Region; half of it is ours: 150 calls take (150 - 50) / 10 s.
        var ec2 = Shipped.Content.Catalog.Service("ec2");

        Assert.Equal(10.2, Model.SecondsOf(ec2, [("eu-west-1", "DescribeVolumes", 150), ("eu-west-1", "DescribeVpcs", 150), ("us-east-1", "DescribeVolumes", 90)]), 2);
        Assert.Equal(0.2 + (50 * 0.1 / 64), Model.SecondsOf(ec2, [("eu-west-1", "DescribeVolumes", 50)]), 3);
    }

    [Fact]
    public void AnAccountsServicesComeOneAfterTheOther()
    {
        IReadOnlyCollection<(string, string, int)> load = [("eu-west-1", "DescribeVolumes", 150)];
        var ec2 = Shipped.Content.Catalog.Service("ec2");

        Assert.Equal(2 * Model.SecondsOf(ec2, load), Model.SecondsOf([(ec2, load), (ec2, load)]), 6);
    }

    [Fact]
    public void AProcessReadsAsManyAccountsSideBySideAsItMay()
    {
        var result = Model.Run(Accounts(10, calls: 100, seconds: 8), 1);

        Assert.Equal((10, 10, 1000L), (result.Fewest, result.Most, result.Calls));
        Assert.Equal(40, result.Pace, 6);
        Assert.Equal(0.5, result.Cpu, 6);
        Assert.Equal(100.002, result.Memory, 6);
        Assert.Equal(result.Listing + 40, result.Seconds, 6);
    }

    [Fact]
    public void WhereTheCoresAreTheBoundTheyDecide()
    {
        var result = Model.Run(Accounts(10, calls: 100_000, seconds: 8), 1);

        Assert.Equal(500, result.Cpu, 6);
        Assert.Equal(result.Listing + 500, result.Seconds, 6);
    }

    [Fact]
    public void ShardsShareTheAccountsAndTheLargestOfThemIsTheLast()
    {
        var accounts = Accounts(200, calls: 100, seconds: 8);
        var one = Model.Run(accounts, 1);
        var ten = Model.Run(accounts, 10);

        Assert.Equal((one.Calls, one.Listing), (ten.Calls, ten.Listing));
        Assert.InRange(ten.Most, 21, 35);
        Assert.Equal(8 * Math.Ceiling(ten.Most / 2.0), ten.Pace, 6);
        Assert.InRange(ten.Pace, one.Pace / 10, one.Pace / 5);
    }

    [Fact]
    public void AnOrganizationIsListedTwentyAccountsAPage()
    {
        // 250 pages; a bucket of 8 and 5 a second, half of it ours.
        Assert.Equal((250 - 4) / 2.5, Model.SecondsToList(5000), 2);
        Assert.Equal(0.2, Model.SecondsToList(40), 6);
    }

    private static List<(string Id, long Calls, double Seconds, int Services)> Accounts(int count, long calls, double seconds) =>
        [.. Enumerable.Range(1, count).Select(i => ($"{i * 7919L:000000000000}", calls, seconds, 2))];
}
