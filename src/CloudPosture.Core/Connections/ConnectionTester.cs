using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Time;

namespace CloudPosture.Connections;

/// <summary>Tries a connection and says of each thing whether it works and what to do if not. It only reads.</summary>
public sealed class ConnectionTester
{
    private readonly ConnectionResolver _resolver;
    private readonly AwsClient _client;
    private readonly Func<string, string?> _environment;

    /// <summary>Makes a tester.</summary>
    /// <param name="resolver">What finds credentials and accounts.</param>
    /// <param name="environment">Reads an environment variable; null is the process's environment.</param>
    public ConnectionTester(ConnectionResolver resolver, Func<string, string?>? environment = null)
    {
        _resolver = resolver;
        _client = resolver.Client;
        _environment = environment ?? Environment.GetEnvironmentVariable;
    }

    /// <summary>True to enter every account of an organization; false enters a few, spread over all.</summary>
    public bool EntersAllAccounts { get; init; }

    /// <summary>True to test the reading of the account's events too.</summary>
    public bool IncludesEvents { get; init; }

    /// <summary>Is told what takes time; null tells nobody.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>The time, which passes before another attempt.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Tests a connection: for an organization its hub, that the accounts can be listed, and that members can be entered and read.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="endpointUrl">The endpoint the client was told to use; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The diagnosis; what goes wrong is part of it and not thrown.</returns>
    public async Task<ConnectionDiagnosis> TestAsync(PostureConnection connection, Uri? endpointUrl, CancellationToken cancellationToken)
    {
        var run = new TestRun(connection, new EndpointCheck(_client.Models, _environment, endpointUrl, null));
        var roles = new RoleTester(_resolver.Credentials) { Progress = Progress, Time = Time };
        try
        {
            if (await EnterAsync(run, roles, endpointUrl, cancellationToken).ConfigureAwait(false))
            {
                await ReadAsync(run, roles, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            run.Fail("Connection", problem);
        }

        return run.Diagnosis();
    }

    private async Task ReadAsync(TestRun run, RoleTester roles, CancellationToken cancellationToken)
    {
        var (connection, identity) = (run.Connection, run.Identity!);
        var regional = await RegionsAsync(connection, run.Target!, identity, run.Checks, cancellationToken).ConfigureAwait(false);
        var sessions = await OrganizationAsync(run, cancellationToken).ConfigureAwait(false);
        if (connection.Kind == ConnectionKind.Account || sessions.Any(session => session.IsHub))
        {
            await ServicesAsync(connection, regional, identity, run, cancellationToken).ConfigureAwait(false);
            run.Checks.Add(await new PermissionTester(_client, _resolver.Catalog) { IncludesEvents = IncludesEvents }.TestAsync(connection, run.Target!, identity, run.Missing, cancellationToken).ConfigureAwait(false));
        }

        await new MemberTester(_resolver, roles) { EntersAllAccounts = EntersAllAccounts, IncludesEvents = IncludesEvents, Progress = Progress }.TestAsync(run, [.. sessions.Where(session => !session.IsHub)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Base credentials, clock, roles with their external IDs, account: each needs the one before.</summary>
    private async Task<bool> EnterAsync(TestRun run, RoleTester roles, Uri? endpointUrl, CancellationToken cancellationToken)
    {
        var connection = run.Connection;
        ResolvedCredentials session;
        CallerIdentity caller;
        try
        {
            session = await _resolver.FindAsync(connection, cancellationToken).ConfigureAwait(false);
            run.Use(new EndpointCheck(_client.Models, _environment, endpointUrl, session.Endpoints));
            var origin = session.Roles.Count > 0 ? session.Roles[0].From : session;
            await CredentialResolver.FetchAsync(origin, cancellationToken).ConfigureAwait(false);
            caller = await CallerIdentity.AskAsync(_client, ConnectionResolver.TargetOf(connection, origin) with { AccountId = null }, cancellationToken).ConfigureAwait(false);
            run.Checks.Add(ConnectionCheck.Passed("Credentials", $"{origin.Source} is {caller.Arn}."));
            run.Checks.Add(ConnectionCheck.Passed("Clock", "AWS accepts this machine's time."));
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            run.Fail("Credentials", problem);
            return false;
        }

        for (var i = 0; i < session.Roles.Count; i++)
        {
            var isLast = i == session.Roles.Count - 1;
            var entry = new RoleEntry(
                isLast ? session : session.Roles[i + 1].From,
                session.Roles[i],
                i == 0 ? caller.Arn : RoleTester.SessionArn(session.Roles[i - 1].Request),
                isLast ? "Role" : $"Role: {session.Roles[i].Request.Role.Name}",
                isLast ? ConnectionCheck.ExternalId : $"{ConnectionCheck.ExternalId}: {session.Roles[i].Request.Role.Name}");
            if (!await roles.TryAsync(entry, run, run.Checks, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        var last = session.Roles.Count > 0 ? session.Roles[session.Roles.Count - 1].From : session;
        run.Checks.Add(Duration(session, last, connection));
        var target = ConnectionResolver.TargetOf(connection, session);
        var identity = session.Roles.Count == 0 ? caller : await CallerIdentity.AskAsync(_client, target, cancellationToken).ConfigureAwait(false);
        run.Checks.Add(Account(connection, identity));
        (run.Session, run.Target, run.Identity) = (session, target with { AccountId = identity.AccountId }, identity);
        return true;
    }

    private ConnectionCheck Duration(ResolvedCredentials session, ResolvedCredentials found, PostureConnection connection)
    {
        const string Name = "Session duration";
        var description = session.Describe();
        if (!description.Renews)
        {
            var left = description.TimeLeft(Time.UtcNow) is { } time ? $"They end in {time.TotalMinutes:0} minutes" : "They are temporary";
            return ConnectionCheck.Warning(Name, $"{left} and cannot be renewed.", "A harvest that takes longer stops there and can be resumed. Use a profile, a role or an instance role to have credentials that renew themselves.");
        }

        return found.IsRoleSession && connection is { RoleArn: not null, SessionDuration: > RoleRequest.LongestChainedSession }
            ? ConnectionCheck.Warning(Name, $"A role entered from another role gets 3600 seconds, not {connection.SessionDuration}; its sessions renew themselves.", new Advice("Lower the session's duration to 3600.", "SessionDurationOfChain", connection.Name))
            : ConnectionCheck.Passed(Name, description.Expires is null ? "The credentials do not end." : "The credentials renew themselves.");
    }

    private static ConnectionCheck Account(PostureConnection connection, CallerIdentity identity) =>
        connection is { AccountId: { } expected, Kind: ConnectionKind.Account } && expected != identity.AccountId
            ? ConnectionCheck.Failed("Account", $"{identity.Arn} is in account {identity.AccountId}, not in {expected}.", "Correct the connection's account, or its credentials.")
            : ConnectionCheck.Passed("Account", $"{identity.AccountId}, as {identity.Arn}.");

    private async Task<AwsTarget> RegionsAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, List<ConnectionCheck> checks, CancellationToken cancellationToken)
    {
        var strangers = connection.Regions.Where(region => Partition.Find(region)?.Name != identity.Partition).ToList();
        checks.Add(strangers.Count == 0
            ? ConnectionCheck.Passed("Partition", identity.Partition)
            : ConnectionCheck.Failed("Partition", $"{string.Join(", ", strangers)}: not in the partition {identity.Partition} of the account.", "Remove these Regions from the connection."));
        try
        {
            var enabled = await _resolver.EnabledRegionsAsync(target, cancellationToken).ConfigureAwait(false);
            var off = connection.Regions.Except(enabled).Except(strangers).ToList();
            checks.Add(off.Count == 0
                ? ConnectionCheck.Passed("Regions", connection.Regions.Count == 0 ? $"All {enabled.Count} enabled Regions are read." : $"{string.Join(", ", connection.Regions)}.")
                : ConnectionCheck.Failed("Regions", $"{string.Join(", ", off)}: not enabled in the account.", "Enable them in the account, or remove them from the connection."));
            return enabled.Count == 0 || enabled.Contains(target.Region) ? target : target with { Region = enabled[0] };
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            checks.Add(ConnectionCheck.Failed("Regions", "ec2:DescribeRegions is denied.", TestAdvice.Allow("ec2:DescribeRegions")));
            return target;
        }
    }

    /// <returns>The accounts that are covered; none for a connection to one.</returns>
    private async Task<IReadOnlyList<AccountTarget>> OrganizationAsync(TestRun run, CancellationToken cancellationToken)
    {
        const string Name = ConnectionCheck.Organization;
        if (run.Connection.Kind == ConnectionKind.Account)
        {
            run.Checks.Add(ConnectionCheck.Skipped(Name, "The connection is for one account."));
            return [];
        }

        try
        {
            var sessions = await _resolver.AccountsAsync(run.Connection, run.Session!, cancellationToken).ConfigureAwait(false);
            run.Checks.Add(sessions.Count > 0
                ? ConnectionCheck.Passed(Name, $"{sessions.Count} accounts are covered now.")
                : ConnectionCheck.Warning(Name, "No account is covered now.", "Look at the units and accounts that the connection names or leaves out."));
            return sessions;
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            run.Checks.Add(ConnectionCheck.Failed(Name, problem.Message, $"Only the management account and delegated administrators may list accounts, and {run.Identity!.AccountId} may not. Use a role there, with organizations List* and Describe*."));
            return [];
        }
    }

    private async Task ServicesAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, TestRun run, CancellationToken cancellationToken)
    {
        var probe = new ServiceProbe(_client, target, identity.Partition);
        foreach (var (check, denied) in await Task.WhenAll(_resolver.Catalog.ServicesOf(connection.Services)
            .Concat(IncludesEvents ? _resolver.Catalog.Events : [])
            .Select(service => probe.TryAsync(service, cancellationToken))).ConfigureAwait(false))
        {
            run.Checks.Add(check);
            if (denied is not null)
            {
                run.Missing.Add(denied);
            }
        }
    }
}
