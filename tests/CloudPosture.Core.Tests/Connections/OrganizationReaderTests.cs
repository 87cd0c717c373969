using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Harvest;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Connections;

/// <summary>An organization's accounts are listed at its rates: 20 a page, 5 pages a second for everybody who asks.</summary>
public sealed class OrganizationReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AnOrganizationOfHundredsIsReadWhateverElseReadsIt(int readers)
    {
        var clock = new LeapingClock();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            Accounts = 400,
            Regions = 1,
            MaxPageSize = 20,
            PlantFaults = false,
            Rates = PublishedRates.All,
            TimeProvider = clock,
        });
        var operatorKey = sandbox.Organization.OperatorKey;
        using var client = new AwsClient(new AwsClientOptions { EndpointUrl = sandbox.Url });
        var target = new AwsTarget { Credentials = new BasicAWSCredentials(operatorKey.AccessKeyId, operatorKey.SecretAccessKey), Region = "us-east-1" };
        sandbox.Calls.Clear();

        var lists = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => new OrganizationReader(client, target, clock).ReadAsync(default)));

        var expected = sandbox.Organization.Accounts.Select(account => account.Id).Order(StringComparer.Ordinal);
        Assert.All(lists, list => Assert.Equal(expected, list.Select(account => account.Id)));
        if (readers == 1)
        {
            Assert.All(sandbox.Calls, call => Assert.Equal(200, call.Status));
        }
    }

    /// <summary>The time of client and server, without the pauses.</summary>
    private sealed class LeapingClock : TimeProvider, IHarvestClock
    {
        private long _skipped;

        public DateTimeOffset UtcNow => GetUtcNow();

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

        public override long GetTimestamp() => GetUtcNow().Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public Task DelayAsync(TimeSpan delay, CancellationToken ct)
        {
            Interlocked.Add(ref _skipped, delay.Ticks);
            return Task.CompletedTask;
        }
    }
}
