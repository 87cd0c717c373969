using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Delegation;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Roles;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>The base of cmdlets for IAM temporary delegation.</summary>
public abstract class DelegationCmdlet : RoleCmdlet
{
    private protected DelegationStore Store { get; } = new();

    private protected async Task WithDeskAsync(PipelineWriter writer, Func<DelegationDesk, Task> work, CancellationToken cancellationToken)
    {
        using var access = OpenAws(writer);
        var caller = await TargetAsync(access, writer, cancellationToken).ConfigureAwait(false);
        var secrets = await writer.AskAsync(_ => DelegationKeyring.Current).ConfigureAwait(false);
        await work(new DelegationDesk(new DelegationService(access.Client, Store, secrets), access, caller, secrets)).ConfigureAwait(false);
    }

    /// <summary>Does something with each request; one that fails leaves the others alone.</summary>
    private protected Task ForEachAsync(string[] ids, PipelineWriter writer, Func<DelegationDesk, string, Task> work, CancellationToken cancellationToken) => WithDeskAsync(
        writer,
        async desk =>
        {
            foreach (var id in ids)
            {
                try
                {
                    await work(desk, id).ConfigureAwait(false);
                }
                catch (Exception problem) when (problem is not OperationCanceledException && !ErrorRecords.BelongsToEngine(problem))
                {
                    writer.Error(ErrorRecords.From(problem, id));
                }
            }
        },
        cancellationToken);
}
