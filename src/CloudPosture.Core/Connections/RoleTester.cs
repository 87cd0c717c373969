using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Time;

namespace CloudPosture.Connections;

/// <summary>Tries whether a role can be entered, and whether its external ID is demanded.</summary>
internal sealed class RoleTester(CredentialResolver credentials)
{
    // How long a role that may still be spreading is tried: AWS tells it from a closed one by nothing but time.
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)];

    /// <summary>Is told what takes time; null tells nobody.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>The time, which passes before another attempt.</summary>
    public required TimeProvider Time { get; init; }

    public static string SessionArn(RoleRequest request) => $"arn:{request.Role.Partition}:sts::{request.Role.AccountId}:assumed-role/{request.Role.Name}/{request.SessionName}";

    public async Task<bool> TryAsync(RoleEntry entry, TestRun run, List<ConnectionCheck> checks, CancellationToken cancellationToken)
    {
        var role = entry.Role.Request;
        try
        {
            await FetchAsync(entry, run.Connection, cancellationToken).ConfigureAwait(false);
            checks.Add(ConnectionCheck.Passed(entry.RoleCheck, $"{entry.Caller} may enter {role.Role}."));
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.ClockSkew)
        {
            checks.RemoveAll(check => check.Name == "Clock");
            checks.Add(ConnectionCheck.Failed("Clock", problem.Message, TestAdvice.On(problem)));
            return false;
        }
        catch (AwsServiceException problem)
        {
            var (detail, advice) = RoleRefusal.Explain(problem, role, entry.Caller);
            checks.Add(ConnectionCheck.Failed(entry.RoleCheck, detail, advice));
            run.BlameProxy(problem);
            return false;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            checks.Add(ConnectionCheck.Failed(entry.RoleCheck, problem.Message, TestAdvice.On(problem)));
            return false;
        }

        checks.Add(await ExternalIdAsync(entry, cancellationToken).ConfigureAwait(false));
        return true;
    }

    /// <summary>Enters a role. Where the connection was made just now its role may be as young, and AWS refuses it until all of STS knows it.</summary>
    private async Task FetchAsync(RoleEntry entry, PostureConnection connection, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await CredentialResolver.FetchAsync(entry.Session, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (AwsServiceException problem) when (
                problem.Kind == AwsErrorKind.AccessDenied && Denial.Parse(problem.ServiceMessage).Reason == DenialReason.Unknown
                && entry.Role.Request.MfaSerial is null && attempt < Waits.Length && (Time.UtcNow - connection.Created).Duration() < Youth)
            {
                Progress?.Invoke($"'{connection.Name}' was made just now: waiting for the role {entry.Role.Request.Role} to spread");
            }

            await Time.DelayAsync(Waits[attempt], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ConnectionCheck> ExternalIdAsync(RoleEntry entry, CancellationToken cancellationToken)
    {
        var role = entry.Role.Request;
        if (role.ExternalId is null)
        {
            return ConnectionCheck.Skipped(entry.ExternalIdCheck, "None is set; only roles for third parties need one.");
        }

        if (role.MfaSerial is not null)
        {
            return ConnectionCheck.Skipped(entry.ExternalIdCheck, "Trying without it would need another MFA code.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await CredentialResolver.FetchAsync(credentials.Enter(entry.Role.From, role with { ExternalId = null }), cancellationToken).ConfigureAwait(false);
            return ConnectionCheck.Warning(entry.ExternalIdCheck, "The role can be entered without the external ID too.", $"Add a condition on sts:ExternalId to the trust policy of {role.Role.Name}, so that nobody else is served through the same principal.");
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            return ConnectionCheck.Passed(entry.ExternalIdCheck, "The role cannot be entered without it.");
        }
        catch (AwsServiceException problem)
        {
            return ConnectionCheck.Warning(entry.ExternalIdCheck, $"Whether the role can be entered without it is not known: {problem.Message}", TestAdvice.On(problem));
        }
    }
}
