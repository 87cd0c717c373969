using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;

namespace CloudPosture.Tests.Delegation;

/// <summary>The sandbox's and the client's time, which moves when a test or a wait moves it.</summary>
internal sealed class MovableClock : TimeProvider
{
    // Credentials that the SDK renews end by the machine's clock, so ours starts there.
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    public MovableClock() => Client = new DelegationClock(GetUtcNow, DelayAsync);

    public DelegationClock Client { get; }

    /// <summary>What happens during the next pause.</summary>
    public Action? DuringPause { get; set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Advance(delay);
        (var meanwhile, DuringPause) = (DuringPause, null);
        meanwhile?.Invoke();
        return Task.CompletedTask;
    }
}
