using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;

namespace CloudPosture.Tests.Harvest;

/// <summary>An account does not stand still while a service waits.</summary>
public sealed class StandingStillTests : IDisposable
{
    private static readonly TimeSpan AskedByAws = TimeSpan.FromSeconds(30);
    private readonly HarvestFixture _harvest = new();

    private ScriptedAws Aws => _harvest.Aws;

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task WhileAServiceOnlyWaitsTheNextIsRead()
    {
        var clock = new HeldClock(AskedByAws);
        Aws.On("kms:ListKeys", _ => Aws.Count("kms:ListKeys") == 0 ? ScriptedAws.Error("ThrottlingException", AwsErrorKind.Throttled, retryAfter: AskedByAws) : "{\"Keys\":[]}");
        Aws.Before = (call, _) =>
        {
            // The wait ends when the service after it is asked: without that the harvest would never end.
            if (call.Operation.Name == "ListTopics")
            {
                clock.Release();
            }

            return Task.CompletedTask;
        };

        var summary = await RunAsync(clock, _harvest.Request("kms", "sns"));

        Assert.Equal((AccountStatus.Complete, 2), (summary.Status, summary.Services));
    }

    [Fact]
    public async Task WithABudgetEachServiceIsReadToItsEndBeforeTheNextBegins()
    {
        Aws.On("kms:ListKeys", _ => Aws.Count("kms:ListKeys") == 0 ? ScriptedAws.Error("ThrottlingException", AwsErrorKind.Throttled, retryAfter: AskedByAws) : "{\"Keys\":[]}");

        await _harvest.RunAsync(_harvest.Request("kms", "sns") with { MaxCall = 100 });

        var kms = Aws.Calls.Where(call => call.Service == "kms").Max(call => call.End);
        Assert.All(Aws.Calls.Where(call => call.Service == "sns"), call => Assert.True(call.Start > kms));
    }

    [Fact]
    public async Task TheCallsInFlightAreOfOneServiceAtATime()
    {
        var services = new[] { "kms", "sns", "sqs", "s3", "lambda", "efs" };
        var calls = 0;
        Aws.On("sqs:ListQueues", _ => Interlocked.Increment(ref calls) % 3 == 0 ? ScriptedAws.Error("ThrottlingException", AwsErrorKind.Throttled) : "{}");
        Aws.On("kms:ListKeys", _ => Interlocked.Increment(ref calls) % 2 == 0 ? ScriptedAws.Error("ThrottlingException", AwsErrorKind.Throttled) : "{\"Keys\":[]}");
        Aws.Before = async (_, _) => await Task.Yield();

        await _harvest.RunAsync(services);

        Assert.All(Aws.Calls, call => Assert.DoesNotContain(Aws.Calls, other => other.Service != call.Service && other.Start < call.End && call.Start < other.End));
    }

    private async Task<AccountSummary> RunAsync(IHarvestClock clock, HarvestRequest request)
    {
        await foreach (var summary in new Harvester(Aws, Shipped.Content, clock, new RetryLimits(10, 3)).RunAsync(request))
        {
            return summary;
        }

        throw new InvalidOperationException("No account was read.");
    }

    /// <summary>Jumps over short pauses; one of a certain length and beyond lasts until it is released.</summary>
    private sealed class HeldClock(TimeSpan held) : IHarvestClock
    {
        private readonly JumpingClock _clock = new();
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset UtcNow => _clock.UtcNow;

        public void Release() => _released.TrySetResult();

        public async Task DelayAsync(TimeSpan delay, CancellationToken ct)
        {
            if (delay >= held)
            {
                await _released.Task.WaitAsync(ct);
            }

            await _clock.DelayAsync(delay, ct);
        }
    }
}
