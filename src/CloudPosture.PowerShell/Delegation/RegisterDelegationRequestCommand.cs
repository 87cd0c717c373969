using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Takes a delegation request up for the caller, and forwards it for approval.</summary>
[Cmdlet(VerbsLifecycle.Register, "DelegationRequest", SupportsShouldProcess = true)]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class RegisterDelegationRequestCommand : DelegationReviewCmdlet
{
    /// <summary>Forwards the request to the account's administrators.</summary>
    [Parameter]
    public SwitchParameter ForApproval { get; set; }

    /// <summary>A word to the administrators.</summary>
    [Parameter]
    public string? Note { get; set; }

    private protected override string Action => ForApproval ? "Take up and forward for approval" : "Take up";

    private protected override Task<DelegationRequest> DecideAsync(DelegationDesk desk, string id, CancellationToken cancellationToken) => ForApproval
        ? desk.Service.Review.ForwardAsync(id, Note, desk.Caller, cancellationToken)
        : desk.Service.Review.AssociateAsync(id, desk.Caller, cancellationToken);
}
