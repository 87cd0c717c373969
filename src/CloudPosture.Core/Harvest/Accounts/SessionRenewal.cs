using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Retry;
using CloudPosture.Errors;
using CloudPosture.Time;
using RefreshingAWSCredentials = Amazon.Runtime.RefreshingAWSCredentials;

namespace CloudPosture.Harvest.Accounts;

/// <summary>
/// Renews the session of an account before it meant to: AWS ends a session early where it is revoked, or this machine's clock is
/// slow. That happens once for all calls that were under way, and where new sessions do not count either the account ends. Thread-safe.
/// </summary>
internal sealed class SessionRenewal(AccountTarget account, TimeProvider clock)
{
    private const int MostInVain = 2;
    private const int MostAttempts = 3;
    private readonly SemaphoreSlim _turn = new(1);
    private HarvestStoppedException? _end;
    private int _session;
    private int _inVain;

    /// <summary>Waits while the session is being renewed.</summary>
    /// <returns>The number of the session that a call is going to be signed with.</returns>
    /// <exception cref="HarvestStoppedException">There is none any more.</exception>
    public async Task<int> CurrentAsync(CancellationToken ct)
    {
        if (_turn.CurrentCount == 0)
        {
            await _turn.WaitAsync(ct).ConfigureAwait(false);
            _turn.Release();
        }

        return Volatile.Read(ref _end) is { } end ? throw Again(end) : Volatile.Read(ref _session);
    }

    /// <summary>AWS took a call that was signed with a session.</summary>
    public void Counted(int session)
    {
        if (Volatile.Read(ref _inVain) > 0 && session == Volatile.Read(ref _session))
        {
            Volatile.Write(ref _inVain, 0);
        }
    }

    /// <summary>AWS refused a session as ended; a newer one is there when this returns.</summary>
    /// <param name="session">The session.</param>
    /// <param name="refusal">What AWS said.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="HarvestStoppedException">It cannot be renewed.</exception>
    public async Task RenewAsync(int session, AwsServiceException refusal, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_end is { } end)
            {
                throw Again(end);
            }

            // Somebody else may have done it meanwhile.
            if (session != _session)
            {
                return;
            }

            if (account.Credentials is not RefreshingAWSCredentials credentials || _inVain == MostInVain)
            {
                throw End(Stopped(refusal));
            }

            await RenewAsync(credentials, ct).ConfigureAwait(false);
            Volatile.Write(ref _session, session + 1);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the account, for those too that are about to send.</summary>
    /// <param name="problem">Why there is no new session.</param>
    public HarvestStoppedException CannotRenew(Exception problem) =>
        End(new HarvestStoppedException($"The credentials of account {account.AccountId} cannot be renewed ({problem.Message.TrimEnd('.')}).", CannotRenewAdvice(problem), problem));

    /// <summary>The end of an account that has no session to go on with.</summary>
    /// <param name="problem">Why; its message says what to do first.</param>
    public static HarvestStoppedException Stopped(Exception problem) =>
        new($"{problem.Message.TrimEnd('.', ' ')}.", ResumeAdvice.After(problem), problem);

    private static Advice CannotRenewAdvice(Exception problem) => ResumeAdvice.BeyondMessage(problem) is null
        ? new Advice("Set that right, then resume the harvest.", "ResumeAfter")
        : ResumeAdvice.After(problem);

    private async Task RenewAsync(RefreshingAWSCredentials credentials, CancellationToken ct)
    {
        if (_inVain++ > 0)
        {
            await clock.DelayAsync(RetryPolicy.Delay(_inVain), ct).ConfigureAwait(false);
        }

        try
        {
            await RetryLoop.RunAsync(
                () =>
                {
                    credentials.ClearCredentials();
                    return CredentialFetch.GetAsync(credentials, ct);
                },
                async (problem, failures) =>
                {
                    if (!RetryPolicy.IsRetryable(problem.Kind) || failures == MostAttempts)
                    {
                        return false;
                    }

                    await clock.DelayAsync(RetryPolicy.Delay(failures, problem.RetryAfter), ct).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw CannotRenew(problem);
        }
    }

    private HarvestStoppedException End(HarvestStoppedException end)
    {
        Volatile.Write(ref _end, end);
        return end;
    }

    private static HarvestStoppedException Again(HarvestStoppedException end) => new(end.Message, end.Advice, end.InnerException);
}
