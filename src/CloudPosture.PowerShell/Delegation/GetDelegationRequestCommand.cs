using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Shows delegation requests: our own records joined with what IAM answers, or those that the account lists for review.</summary>
[Cmdlet(VerbsCommon.Get, "DelegationRequest", DefaultParameterSetName = OwnSet)]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class GetDelegationRequestCommand : DelegationCmdlet
{
    private const string OwnSet = "Own";
    private const string IdSet = "Id";
    private const string ReviewSet = "Review";

    /// <summary>The requests' ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("DelegationRequestId", "Id")]
    [NamesFrom("RequestId", "DelegationRequestId", "Id", What = "delegation request")]
    [ArgumentCompleter(typeof(DelegationRequestCompleter))]
    public string[] RequestId { get; set; } = [];

    /// <summary>The workflow ids of requests we sent.</summary>
    [Parameter(ParameterSetName = OwnSet)]
    [ArgumentCompleter(typeof(DelegationWorkflowCompleter))]
    public string[] WorkflowId { get; set; } = [];

    /// <summary>Lists the requests that the caller's account has taken up.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReviewSet)]
    public SwitchParameter ForReview { get; set; }

    /// <summary>The identity that has taken the requests up.</summary>
    [Parameter(ParameterSetName = ReviewSet)]
    public string? OwnerId { get; set; }

    /// <summary>Has AWS check whether the caller has the rights that would be delegated.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = ReviewSet)]
    public SwitchParameter CheckPermission { get; set; }

    /// <summary>Only requests in these states.</summary>
    [Parameter]
    [Choice(typeof(DelegationState))]
    public DelegationState[] State { get; set; } = [];

    /// <summary>Shows our records as they are, and asks AWS nothing.</summary>
    [Parameter(ParameterSetName = OwnSet)]
    public SwitchParameter Cached { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (Cached)
        {
            var secrets = await writer.AskAsync(_ => DelegationKeyring.Current).ConfigureAwait(false);
            Own().ToList().ForEach(request => Output(request, secrets, writer));
            return;
        }

        await WithDeskAsync(writer, desk => ShowAsync(desk, writer, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task ShowAsync(DelegationDesk desk, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (ForReview)
        {
            await foreach (var request in desk.Service.ListAsync(OwnerId, desk.Caller, cancellationToken).ConfigureAwait(false))
            {
                var told = CheckPermission ? await desk.Service.GetAsync(request.RequestId!, desk.Caller, checkPermissions: true, cancellationToken).ConfigureAwait(false) : request;
                Output(told, desk.Secrets, writer);
            }

            return;
        }

        var wanted = ParameterSetName == IdSet
            ? RequestId.Select(id => (Id: id, Request: (DelegationRequest?)null))
            : Own().Select(request => (Id: request.WorkflowId!, Request: (DelegationRequest?)request));
        foreach (var (id, request) in wanted)
        {
            try
            {
                Output(
                    await (request is null
                        ? desk.Service.GetAsync(id, desk.Caller, CheckPermission, cancellationToken)
                        : desk.Service.RefreshAsync(request, desk.Caller, checkPermissions: false, cancellationToken)).ConfigureAwait(false),
                    desk.Secrets,
                    writer);
            }
            catch (DelegationException problem)
            {
                writer.Error(ErrorRecords.From(problem, id));
            }
        }
    }

    private IEnumerable<DelegationRequest> Own() => WorkflowId.Length == 0
        ? Store.List()
        : WorkflowId.Select(id => Store.Find(id) ?? throw new UnknownNameException("DelegationRequestNotFound", id, $"There is no record of a delegation request \'{id}\'. Get-DelegationRequest lists those there are."));

    private void Output(DelegationRequest request, DelegationSecrets secrets, PipelineWriter writer)
    {
        if (State.Length == 0 || State.Contains(request.State))
        {
            writer.Output(DelegationRequestInfo.From(request, secrets));
        }
    }
}
