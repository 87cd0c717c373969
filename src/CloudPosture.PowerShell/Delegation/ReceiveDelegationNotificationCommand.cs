using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Takes in what AWS tells through SNS or SQS about delegation requests. A token is kept in this session's memory alone.</summary>
[Cmdlet(VerbsCommunications.Receive, "DelegationNotification", SupportsShouldProcess = true)]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class ReceiveDelegationNotificationCommand : DelegationCmdlet
{
    /// <summary>The messages as they came.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Message")]
    [NamesFrom("Body", "Message", What = "notification", IsWhole = true)]
    public string[] Body { get; set; } = [];

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        using var access = OpenAws(writer);
        var secrets = await writer.AskAsync(_ => DelegationKeyring.Current).ConfigureAwait(false);
        var service = new DelegationService(access.Client, Store, secrets);
        foreach (var body in Body)
        {
            try
            {
                foreach (var notification in DelegationNotification.Parse(body))
                {
                    if (await writer.ShouldProcessAsync(notification.RequestId, $"Record {(notification.Token is null ? $"the state {notification.State}" : "the exchange token")}").ConfigureAwait(false))
                    {
                        writer.Output(DelegationRequestInfo.From(await service.ReceiveAsync(notification, cancellationToken).ConfigureAwait(false), secrets));
                    }
                }
            }
            catch (DelegationException problem)
            {
                // The message may hold a token, so it is no error's target.
                writer.Error(ErrorRecords.From(problem, target: null));
            }
        }
    }
}
