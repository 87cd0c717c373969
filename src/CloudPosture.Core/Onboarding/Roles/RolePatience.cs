using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Repeats what IAM and STS refuse only because a change is not seen everywhere yet.</summary>
internal sealed class RolePatience(Func<TimeSpan, CancellationToken, Task> pause)
{
    /// <summary>IAM states no bound for when a change is seen everywhere; two minutes cover what is observed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>For a principal that may be misspelt as well as new elsewhere: what was made in another account is known within seconds.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(15);

    /// <summary>Told at the beginning, before each further attempt and at the end of waiting; may be null.</summary>
    public IProgress<RoleWait>? Waiting { get; init; }

    /// <summary>Repeats a call while IAM may not have spread what was created just before; the last failure, or null for success.</summary>
    /// <param name="call">The call.</param>
    /// <param name="settling">How long to wait after a failure; null where that would not help. Asked after the first failure alone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AwsServiceException?> TryAsync(Func<Task> call, Func<AwsServiceException, Task<RoleWait?>> settling, CancellationToken cancellationToken)
    {
        AwsServiceException? first = null;
        RoleWait? wait = null;
        for (var next = TimeSpan.FromSeconds(1); ; next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, LongestPause.Ticks)))
        {
            try
            {
                await call().ConfigureAwait(false);
                End(wait);
                return null;
            }
            catch (AwsServiceException problem)
            {
                wait = first is null ? await settling(problem).ConfigureAwait(false) : problem.Code == first.Code ? wait : End(wait);
                first ??= problem;
                if (wait is null || wait.Waited >= wait.AtMost)
                {
                    End(wait);
                    return problem;
                }
            }

            Waiting?.Report(wait);
            await PauseAsync(next, wait, cancellationToken).ConfigureAwait(false);
            wait = wait with { Waited = wait.Waited + next };
        }
    }

    private async Task PauseAsync(TimeSpan time, RoleWait wait, CancellationToken cancellationToken)
    {
        try
        {
            await pause(time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End(wait);
            throw;
        }
    }

    private RoleWait? End(RoleWait? wait)
    {
        if (wait is not null)
        {
            Waiting?.Report(wait with { IsOver = true });
        }

        return null;
    }
}
