using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Approves a delegation request and releases its token, from whatever state it is in.</summary>
[Cmdlet(VerbsLifecycle.Approve, "DelegationRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class ApproveDelegationRequestCommand : DelegationReviewCmdlet
{
    /// <summary>Approves without releasing the token.</summary>
    [Parameter]
    public SwitchParameter KeepToken { get; set; }

    private protected override string Action => KeepToken ? "Approve, and keep the exchange token back" : "Approve and release the exchange token, which cannot be taken back";

    private protected override Task<DelegationRequest> DecideAsync(DelegationDesk desk, string id, CancellationToken cancellationToken) =>
        desk.Service.Review.ApproveAsync(id, !KeepToken, desk.Caller, cancellationToken);

    private protected override void Explain(DelegationRequest request, PipelineWriter writer)
    {
        if (request.State == DelegationState.Accepted && !KeepToken)
        {
            writer.Warning($"The request {request.RequestId} is approved, and only its owner {Display.Text(request.OwnerId ?? "")} may release the token: have them run Approve-DelegationRequest too.");
        }
    }
}
