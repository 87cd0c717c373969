using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Sandbox.Faults;
using static CloudPosture.Tests.Harvest.HarvestFixture;

namespace CloudPosture.Tests.Harvest;

/// <summary>
/// An account whose bucket of one service a harvest and the customer's own workload draw on. Time passes when somebody waits, and
/// stands still while a call is on its way.
/// </summary>
internal sealed class SharedAccount : TimeProvider, IAwsCaller, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Clock _clock = new();
    private readonly string _service;
    private readonly Throttle _throttle;
    private readonly CloudPosture.Harvest.Pacing.TokenBucket? _customerBucket;
    private readonly OperationModel _operation;
    private ScriptedAws _aws = null!;
    private int _sent;
    private int _throttled;

    public SharedAccount(string service, double bucket, double refill, bool hasCustomer = true)
    {
        _service = service;
        _operation = Shipped.Content.Models.Get(service).Operation("ListFunctions");
        _throttle = new Throttle([new RateLimit(service, ["GetPolicy"], bucket, refill), new RateLimit(service, [], bucket, refill)], _clock);
        _customerBucket = hasCustomer ? new CloudPosture.Harvest.Pacing.TokenBucket(bucket / 2, refill / 2, _clock.GetUtcNow()) : null;
    }

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public async Task<(AccountSummary Summary, (int Sent, int Throttled) Customer)> HarvestAsync(ScriptedAws aws, HarvestRequest request)
    {
        _aws = aws;
        var summaries = new List<AccountSummary>();
        await foreach (var summary in new Harvester(this, Shipped.Content, this, new RetryLimits(10, 3)).RunAsync(request))
        {
            summaries.Add(summary);
        }

        return (Assert.Single(summaries), (_sent, _throttled));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ = PassAsync();
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);

        async Task PassAsync()
        {
            await _gate.WaitAsync();
            _clock.Advance(dueTime);
            _gate.Release();
            callback(state);
        }
    }

    public async Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            LetCustomerCall();
            return call.Operation.Service.Name == _service && !_throttle.TryTake(call.Operation, call.Target.AccountId!, call.Target.Region)
                ? throw ScriptedAws.Error("TooManyRequestsException", AwsErrorKind.Throttled)
                : await _aws.SendAsync(call, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The customer uses the other half to the last drop.</summary>
    private void LetCustomerCall()
    {
        while (_customerBucket?.Take(GetUtcNow()) is { Ticks: 0 })
        {
            _sent++;
            _throttled += _throttle.TryTake(_operation, Account, "eu-west-1") ? 0 : 1;
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero).UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}
