using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.PowerShell.Pipeline;

/// <summary>A question to the engine or the host, and the answer that a worker waits for.</summary>
internal sealed class PipelineQuestion<T>(Func<PSCmdlet, T> ask) : IPipelineQuestion
{
    // The worker must not go on inside SetResult: that would be the pipeline thread.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Answer(PSCmdlet cmdlet)
    {
        try
        {
            _answer.TrySetResult(ask(cmdlet));
        }
        catch (Exception)
        {
            _answer.TrySetCanceled();
            throw;
        }
    }

    public async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(static source => ((TaskCompletionSource<T>)source!).TrySetCanceled(), _answer))
        {
            return await _answer.Task.ConfigureAwait(false);
        }
    }
}
