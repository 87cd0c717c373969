using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Pacing;
using CloudPosture.Harvest.Services;

namespace CloudPosture.Tests.Harvest;

public sealed class ServiceSequenceTests
{
    [Fact]
    public async Task TheFirstFailureIsToldWhenAllHaveEndedWhateverTheOthersEndWith()
    {
        var calls = new CallTurn();
        var services = new Queue<ServiceEntry>([Shipped.Content.Catalog.Service("sns"), Shipped.Content.Catalog.Service("sqs"), Shipped.Content.Catalog.Service("kms")]);
        var (allBegun, secondEnded) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hasLastEnded = false;
        var sequence = new ServiceSequence(calls, (_, _) => Task.FromResult<IDisposable>(new MemoryStream()), () => true, mostBegun: 3);

        await Assert.ThrowsAsync<KeyNotFoundException>(() => sequence.RunAsync(() => services.TryDequeue(out var next) ? next : null, (service, stop) => calls.WaitAsync(service, () => ReadAsync(service.Name, stop)), default));

        Assert.True(hasLastEnded);

        async Task ReadAsync(string service, CancellationToken stop)
        {
            switch (service)
            {
                case "sns":
                    await allBegun.Task;
                    throw new KeyNotFoundException("first");
                case "sqs":
                    await StoppedAsync(stop);
                    secondEnded.SetResult();
                    throw new InvalidOperationException("second");
                default:
                    allBegun.SetResult();
                    await StoppedAsync(stop);
                    await secondEnded.Task;
                    await Task.Yield();
                    hasLastEnded = true;
                    break;
            }
        }
    }

    private static async Task StoppedAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
