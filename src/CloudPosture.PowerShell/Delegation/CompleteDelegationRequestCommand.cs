using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Turns an approved delegation request into a connection that works; an interrupted run goes on where it was.</summary>
[Cmdlet(VerbsLifecycle.Complete, "DelegationRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class CompleteDelegationRequestCommand : DelegationCmdlet
{
    /// <summary>The requests' ids, or workflow ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DelegationRequestId", "Id")]
    [NamesFrom("RequestId", "DelegationRequestId", "Id", What = "delegation request")]
    [ArgumentCompleter(typeof(DelegationRequestCompleter))]
    public string[] RequestId { get; set; } = [];

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        ForEachAsync(RequestId, writer, (desk, id) => CompleteAsync(desk, id, writer, cancellationToken), cancellationToken);

    private async Task CompleteAsync(DelegationDesk desk, string id, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var request = await desk.Service.GetAsync(id, desk.Caller, checkPermissions: false, cancellationToken).ConfigureAwait(false);
        var target = request.Plan is { } plan ? $"account {request.OwnerAccountId}: role {plan.RoleName}, connection '{plan.Nickname}'" : id;
        if (!await writer.ShouldProcessAsync(target, "Assume the delegated session and create").ConfigureAwait(false))
        {
            return;
        }

        if (request.Plan is { Nickname: var nickname, Credential: var credential })
        {
            // Keys that are given now serve the connection too, when its own were those of a session that has ended.
            WithGivenCredentials(new PostureConnection { Name = nickname, Credential = credential }, writer);
            KeepKeys(nickname);
        }

        var completion = new DelegationCompletion(desk.Access.Client, Store, desk.Secrets, new ConnectionStore(), desk.Access.Resolver);
        var (_, connection) = await completion.CompleteAsync(request, desk.Caller, stackEvent => Report(stackEvent, writer), cancellationToken).ConfigureAwait(false);
        writer.Progress(new ProgressRecord(1, "Complete-DelegationRequest", "Done") { RecordType = ProgressRecordType.Completed });
        writer.Output(PostureConnectionInfo.From(connection));
    }

    private static void Report(DelegationStackEvent stackEvent, PipelineWriter writer)
    {
        var text = Display.Text($"{stackEvent.ResourceType} {stackEvent.Resource}: {stackEvent.Status} {stackEvent.Reason}".TrimEnd());
        writer.Verbose(text);
        writer.Progress(new ProgressRecord(1, "Complete-DelegationRequest", text));
    }
}
