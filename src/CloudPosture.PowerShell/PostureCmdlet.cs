using System;
using System.Management.Automation;
using System.Threading;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell;

/// <summary>
/// The base of every cmdlet: a token that Ctrl+C cancels, and exceptions turned into error records that say what to do.
/// Derived classes override the <c>On…</c> members instead of the engine's.
/// </summary>
public abstract class PostureCmdlet : PSCmdlet
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the pipeline stops.</summary>
    private protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(OnBegin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(() =>
    {
        try
        {
            OnRecord();
        }
        catch (UnknownNameException problem)
        {
            // The next record may name what there is.
            WriteFailure(problem, problem.Target);
        }
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(OnEnd);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        _stopping.Cancel();
        OnStop();
    }

    /// <summary>Runs when the user stops the pipeline, on another thread than its own; the engine's streams are closed by then.</summary>
    private protected virtual void OnStop()
    {
    }

    /// <summary>Runs once before the first record.</summary>
    protected virtual void OnBegin()
    {
    }

    /// <summary>Runs for each record of the pipeline, or once where there is none.</summary>
    protected virtual void OnRecord()
    {
    }

    /// <summary>Runs once after the last record.</summary>
    protected virtual void OnEnd()
    {
    }

    /// <summary>Writes what went wrong with one item; the others go on.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The item.</param>
    protected void WriteFailure(Exception exception, object? target) => WriteError(ErrorRecords.From(exception, target));

    /// <summary>Writes a warning. What is in it may come from AWS.</summary>
    private protected new void WriteWarning(string text) => base.WriteWarning(Display.Text(text));

    /// <summary>Writes a verbose line. What is in it may come from AWS.</summary>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(Display.Text(text));

    /// <summary>Writes a debug line. What is in it may come from AWS.</summary>
    private protected new void WriteDebug(string text) => base.WriteDebug(Display.Text(text));

    /// <summary>Stops all work: called when the pipeline will take no more.</summary>
    private protected void CancelWork() => _stopping.Cancel();

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (!ErrorRecords.BelongsToEngine(exception))
        {
            ThrowTerminatingError(ErrorRecords.From(exception, target: null));
        }
    }
}
