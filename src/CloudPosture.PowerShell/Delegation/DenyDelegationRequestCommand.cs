using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Rejects a delegation request, for good.</summary>
[Cmdlet(VerbsLifecycle.Deny, "DelegationRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class DenyDelegationRequestCommand : DelegationReviewCmdlet
{
    /// <summary>Why.</summary>
    [Parameter]
    public string? Note { get; set; }

    private protected override string Action => "Reject, for good";

    private protected override Task<DelegationRequest> DecideAsync(DelegationDesk desk, string id, CancellationToken cancellationToken) =>
        desk.Service.Review.DenyAsync(id, Note, desk.Caller, cancellationToken);
}
