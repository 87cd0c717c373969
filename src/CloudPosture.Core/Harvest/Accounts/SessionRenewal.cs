using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Retry;
using CloudPosture.Errors;
using CloudPosture.Time;
using AWSCredentials = Amazon.Runtime.AWSCredentials;
using ImmutableCredentials = Amazon.Runtime.ImmutableCredentials;
using RefreshingAWSCredentials = Amazon.Runtime.RefreshingAWSCredentials;

namespace CloudPosture.Harvest.Accounts;

/// <summary>
/// Renews the session of an account before it meant to: AWS ends a session early where it is revoked, or this machine's clock is
/// slow. That happens once for all calls that were under way, and where new sessions do not count either the account ends. Whose new
/// credentials are is asked before anything is signed with them, however they came: those of another account would fill this one's
/// records with that one's resources. Thread-safe.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="clock">The time.</param>
/// <param name="owner">Tells whose credentials are.</param>
internal sealed class SessionRenewal(AccountTarget account, TimeProvider clock, CredentialOwner owner)
{
    private const int MostInVain = 2;
    private const int MostAttempts = 3;
    private readonly SemaphoreSlim _turn = new(1);
    private HarvestStoppedException? _end;
    private (string AccessKey, AWSCredentials Credentials)? _known;
    private int _session;
    private int _inVain;

    /// <summary>Waits while the session is being renewed.</summary>
    /// <returns>The number of the session that a call is going to be signed with, and what signs it.</returns>
    /// <exception cref="HarvestStoppedException">There is none any more, or it is another account's.</exception>
    public async Task<(int Session, AWSCredentials Credentials)> CurrentAsync(CancellationToken cancellationToken)
    {
        if (!CredentialOwner.IsCertain(account.Credentials))
        {
            return await OwnAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_turn.CurrentCount == 0)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            _turn.Release();
        }

        return Volatile.Read(ref _end) is { } end ? throw Again(end) : (Volatile.Read(ref _session), account.Credentials);
    }

    private async Task<(int Session, AWSCredentials Credentials)> OwnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_end is { } end)
            {
                throw Again(end);
            }

            var keys = await CredentialFetch.GetAsync(account.Credentials, cancellationToken).ConfigureAwait(false);
            if (_known is not { } known || known.AccessKey != keys.AccessKey)
            {
                // The first ones led to the account: the connection asked.
                known = _known is null ? CredentialOwner.Fixed(keys) : await CheckedAsync(keys, cancellationToken).ConfigureAwait(false);
                _known = known;
            }

            return (_session, known.Credentials);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The keys, or those that took their place meanwhile, once AWS said that they are the account's.</summary>
    private async Task<(string AccessKey, AWSCredentials Credentials)> CheckedAsync(ImmutableCredentials keys, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = CredentialOwner.Fixed(keys);
            try
            {
                var asked = await RetryLoop.RunAsync(() => owner.AskAsync(found.Credentials, cancellationToken), (problem, failures) => WaitAsync(problem, failures, cancellationToken)).ConfigureAwait(false);
                return asked == account.AccountId ? found : throw End(Elsewhere(asked));
            }
            catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.ExpiredCredentials)
            {
                await ReplaceAsync(problem, cancellationToken).ConfigureAwait(false);
                keys = await CredentialFetch.GetAsync(account.Credentials, cancellationToken).ConfigureAwait(false);
            }
            catch (AwsServiceException problem)
            {
                throw CannotRenew(problem);
            }
        }
    }

    private HarvestStoppedException Elsewhere(string other) => new(
        $"The credentials of connection '{account.Connection}' were renewed and belong to account {other} now, not to {account.AccountId}. Nothing was read with the new ones.",
        new Advice("Set that right, then resume the harvest.", "ResumeAfter"));

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
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="HarvestStoppedException">It cannot be renewed.</exception>
    public async Task RenewAsync(int session, AwsServiceException refusal, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
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

            await ReplaceAsync(refusal, cancellationToken).ConfigureAwait(false);
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

    /// <exception cref="HarvestStoppedException">They cannot be renewed, or new ones do not count either.</exception>
    private async Task ReplaceAsync(AwsServiceException refusal, CancellationToken cancellationToken)
    {
        if (account.Credentials is not RefreshingAWSCredentials credentials || _inVain == MostInVain)
        {
            throw End(Stopped(refusal));
        }

        await RenewAsync(credentials, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _session, _session + 1);
    }

    private async Task RenewAsync(RefreshingAWSCredentials credentials, CancellationToken cancellationToken)
    {
        if (_inVain++ > 0)
        {
            await clock.DelayAsync(RetryPolicy.Delay(_inVain), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await RetryLoop.RunAsync(
                () =>
                {
                    credentials.ClearCredentials();
                    return CredentialFetch.GetAsync(credentials, cancellationToken);
                },
                (problem, failures) => WaitAsync(problem, failures, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw CannotRenew(problem);
        }
    }

    private async Task<bool> WaitAsync(AwsServiceException problem, int failures, CancellationToken cancellationToken)
    {
        if (!RetryPolicy.IsRetryable(problem) || failures == MostAttempts)
        {
            return false;
        }

        await clock.DelayAsync(RetryPolicy.Delay(failures, problem.RetryAfter), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private HarvestStoppedException End(HarvestStoppedException end)
    {
        Volatile.Write(ref _end, end);
        return end;
    }

    private static HarvestStoppedException Again(HarvestStoppedException end) => new(end.Message, end.Advice, end.InnerException);
}
