using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;

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
    public async Task WhileTheCredentialReportIsMadeTheNextServiceIsRead()
    {
        var clock = new HeldClock(TimeSpan.FromSeconds(2));
        Aws.On("iam:GenerateCredentialReport", _ => Aws.Count("iam:GenerateCredentialReport") == 0 ? "{\"State\":\"STARTED\"}" : "{\"State\":\"COMPLETE\"}");
        Aws.Before = (call, _) =>
        {
            if (call.Operation.Name == "ListTopics")
            {
                clock.Release();
            }

            return Task.CompletedTask;
        };

        var summary = await RunAsync(clock, _harvest.Request("iam", "sns"));

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

    private async Task<AccountSummary> RunAsync(TimeProvider clock, HarvestRequest request)
    {
        await foreach (var summary in new Harvester(Aws, Shipped.Content, clock, new RetryLimits(10, 3)).RunAsync(request))
        {
            return summary;
        }

        throw new InvalidOperationException("No account was read.");
    }

    /// <summary>Jumps over short pauses; one of a certain length and beyond lasts until it is released.</summary>
    private sealed class HeldClock(TimeSpan held) : TimeProvider
    {
        private readonly JumpingClock _clock = new();
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override DateTimeOffset GetUtcNow() => _clock.UtcNow;

        public void Release() => _released.TrySetResult();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= held)
            {
                _ = _released.Task.ContinueWith(_ => _clock.CreateTimer(callback, state, dueTime, period), TaskScheduler.Default);
                return _clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            }

            return _clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
