using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.PowerShell.Pipeline;

/// <summary>
/// What workers write to. Records wait in a bounded queue until the pipeline thread takes them, so that a slow
/// consumer slows the producers down and memory stays flat. Every member may be called from any thread.
/// </summary>
internal sealed class PipelineWriter(CancellationToken cancellationToken) : IDisposable
{
    private const int Capacity = 1024;

    private readonly BlockingCollection<PipelineRecord> _records = new(Capacity);

    public void Output(object value) => Post(RecordKind.Output, value);

    public void Error(ErrorRecord error) => Post(RecordKind.Error, error);

    public void Warning(string text) => Post(RecordKind.Warning, text);

    public void Verbose(string text) => Post(RecordKind.Verbose, text);

    public void Debug(string text) => Post(RecordKind.Debug, text);

    public void Information(InformationRecord information) => Post(RecordKind.Information, information);

    public void Progress(ProgressRecord progress) => Post(RecordKind.Progress, progress);

    /// <summary>Runs a question on the pipeline thread and waits for its answer.</summary>
    public Task<T> AskAsync<T>(Func<PSCmdlet, T> question)
    {
        var asked = new PipelineQuestion<T>(question);
        Post(RecordKind.Question, asked);
        return asked.WaitAsync(cancellationToken);
    }

    /// <summary>Asks whether a change may be made, as -WhatIf and -Confirm decide.</summary>
    public Task<bool> ShouldProcessAsync(string target, string action) =>
        AskAsync(cmdlet => cmdlet.ShouldProcess(Display.Text(target), Display.Text(action)));

    /// <summary>Says that nothing more will come.</summary>
    public void Complete() => _records.CompleteAdding();

    /// <summary>Gives the records as they come, until <see cref="Complete"/>.</summary>
    public IEnumerable<PipelineRecord> Drain() => _records.GetConsumingEnumerable();

    public void Dispose() => _records.Dispose();

    private void Post(RecordKind kind, object value) => _records.Add(new PipelineRecord(kind, value), cancellationToken);
}
