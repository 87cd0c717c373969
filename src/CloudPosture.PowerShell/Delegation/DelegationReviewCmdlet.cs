using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>The base of cmdlets by which a reviewer decides about requests.</summary>
public abstract class DelegationReviewCmdlet : DelegationCmdlet
{
    /// <summary>The requests' ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DelegationRequestId", "Id")]
    [NamesFrom("RequestId", "DelegationRequestId", "Id", What = "delegation request")]
    [ArgumentCompleter(typeof(DelegationRequestCompleter))]
    public string[] RequestId { get; set; } = [];

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    private protected sealed override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) => ForEachAsync(
        RequestId,
        writer,
        async (desk, id) =>
        {
            if (await writer.ShouldProcessAsync(id, Action).ConfigureAwait(false))
            {
                var request = await DecideAsync(desk, id, cancellationToken).ConfigureAwait(false);
                Explain(request, writer);
                writer.Output(DelegationRequestInfo.From(request, desk.Secrets));
            }
        },
        cancellationToken);

    private protected abstract Task<DelegationRequest> DecideAsync(DelegationDesk desk, string id, CancellationToken cancellationToken);

    /// <summary>Says what the outcome leaves to do.</summary>
    private protected virtual void Explain(DelegationRequest request, PipelineWriter writer)
    {
    }
}
