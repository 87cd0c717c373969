using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell;

/// <summary>
/// The base of cmdlets that wait for AWS. Their work runs on pool threads and writes to a queue; the pipeline thread
/// drains it, because the engine may be touched by that thread alone.
/// </summary>
public abstract class AsyncPostureCmdlet : PostureCmdlet
{
    /// <summary>The keys given as parameters in this session.</summary>
    private protected SessionSecrets SessionKeys { get; private set; } = new();

    /// <inheritdoc/>
    protected sealed override void OnBegin()
    {
        SessionKeys = SessionKeyring.Current;
        ReadSession();
        Run(BeginAsync);
    }

    /// <inheritdoc/>
    protected sealed override void OnRecord()
    {
        ReadRecord();
        if (!OnlyCollects)
        {
            Run(RecordAsync);
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnEnd() => Run(EndAsync);

    /// <summary>True where records are only collected, on the pipeline thread, and all work is done at the end.</summary>
    private protected virtual bool OnlyCollects => false;

    /// <summary>Reads what the session holds for the work to come, on the pipeline thread.</summary>
    private protected virtual void ReadSession()
    {
    }

    /// <summary>Reads what a record holds for the work to come, on the pipeline thread.</summary>
    private protected virtual void ReadRecord()
    {
    }

    /// <summary>Runs once before the first record.</summary>
    private protected virtual Task BeginAsync(PipelineWriter writer, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs for each record of the pipeline, or once where there is none.</summary>
    private protected virtual Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs once after the last record.</summary>
    private protected virtual Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does something with one item. What is wrong with it alone is an error of its own, and the others go on.</summary>
    private protected static async Task AttemptAsync(PipelineWriter writer, object target, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception problem) when (ErrorRecords.IsOfItem(problem))
        {
            writer.Error(ErrorRecords.From(problem, target));
        }
    }

    private void Run(Func<PipelineWriter, CancellationToken, Task> step)
    {
        using var writer = new PipelineWriter(StopToken);
        var work = Task.Run(() => WorkAsync(step, writer), CancellationToken.None);
        try
        {
            foreach (var record in writer.Drain())
            {
                Write(record);
            }
        }
        catch
        {
            // What ends a pipeline early (Select-Object -First, a closed host, an error turned into a stop) surfaces here
            // as an exception from a write. The workers must have ended before the cmdlet does.
            CancelWork();
            WaitQuietly(work);
            throw;
        }

        work.GetAwaiter().GetResult();
    }

    private async Task WorkAsync(Func<PipelineWriter, CancellationToken, Task> step, PipelineWriter writer)
    {
        try
        {
            await step(writer, StopToken).ConfigureAwait(false);
        }
        finally
        {
            writer.Complete();
        }
    }

    private static void WaitQuietly(Task work)
    {
        try
        {
            work.GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // The pipeline has a reason to end already; a worker's is the consequence.
        }
    }

    private void Write(in PipelineRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Output: WriteObject(record.Value); break;
            case RecordKind.Error: WriteError((ErrorRecord)record.Value); break;
            case RecordKind.Warning: WriteWarning((string)record.Value); break;
            case RecordKind.Verbose: WriteVerbose((string)record.Value); break;
            case RecordKind.Debug: WriteDebug((string)record.Value); break;
            case RecordKind.Information: WriteInformation((InformationRecord)record.Value); break;
            case RecordKind.Progress: WriteProgress(Safe((ProgressRecord)record.Value)); break;
            case RecordKind.Question: ((IPipelineQuestion)record.Value).Answer(this); break;
            default: throw new InvalidOperationException($"No stream takes records of kind {record.Kind}.");
        }
    }

    private static ProgressRecord Safe(ProgressRecord progress)
    {
        progress.StatusDescription = Display.Text(progress.StatusDescription) is { Length: > 0 } status ? status : " ";
        progress.CurrentOperation = Display.Text(progress.CurrentOperation);
        return progress;
    }
}
