using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Waits until a delegation request is decided.</summary>
[Cmdlet(VerbsLifecycle.Wait, "DelegationRequest")]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class WaitDelegationRequestCommand : DelegationCmdlet
{
    /// <summary>The requests' ids, or workflow ids of ours.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DelegationRequestId", "Id")]
    [NamesFrom("RequestId", "DelegationRequestId", "Id", What = "delegation request")]
    [ArgumentCompleter(typeof(DelegationRequestCompleter))]
    public string[] RequestId { get; set; } = [];

    /// <summary>Waits on after the approval, until the token is released.</summary>
    [Parameter]
    public SwitchParameter UntilFinalized { get; set; }

    /// <summary>The longest wait in seconds; 0 waits as long as the request lives.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Timeout { get; set; }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) => ForEachAsync(
        RequestId,
        writer,
        async (desk, id) =>
        {
            var request = await desk.Service.GetAsync(id, desk.Caller, checkPermissions: false, cancellationToken).ConfigureAwait(false);
            var patience = Timeout == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds(Timeout);
            request = await desk.Service.WaitAsync(request, desk.Caller, UntilFinalized, patience, seen => writer.Progress(Status(seen)), cancellationToken).ConfigureAwait(false);
            writer.Progress(new ProgressRecord(1, "Wait-DelegationRequest", "Done") { RecordType = ProgressRecordType.Completed });
            writer.Output(DelegationRequestInfo.From(request, desk.Secrets));
        },
        cancellationToken);

    private static ProgressRecord Status(DelegationRequest request)
    {
        var left = request.TimeLeft(DateTimeOffset.UtcNow) is { } time ? $"; expires in {(time.TotalDays >= 1 ? $"{(int)time.TotalDays} d " : "")}{time:hh\\:mm}" : "";
        return new ProgressRecord(1, "Wait-DelegationRequest", $"{request.State} in account {request.OwnerAccountId}{left}");
    }
}
