using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Catalog;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Connections;

/// <summary>Tries a connection and says of each thing whether it works and what to do if not. It only reads.</summary>
public sealed class ConnectionTester
{
    private const int SampledMembers = 3;
    private const int MembersAtOnce = 8;

    // How long a role that may still be spreading is tried: AWS tells it from a closed one by nothing but time.
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)];

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

    /// <summary>Is told what takes time; null tells nobody.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>How to pause before another attempt.</summary>
    internal Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    internal Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;

    /// <summary>Tests a connection: for an organization its hub, that the accounts can be listed, and that members can be entered and read.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="endpointUrl">The endpoint the client was told to use; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The diagnosis; what goes wrong is part of it and not thrown.</returns>
    public async Task<ConnectionDiagnosis> TestAsync(PostureConnection connection, Uri? endpointUrl, CancellationToken cancellationToken)
    {
        var run = new TestRun(connection, new EndpointCheck(_environment, endpointUrl, null));
        try
        {
            if (await EnterAsync(run, endpointUrl, cancellationToken).ConfigureAwait(false))
            {
                await ReadAsync(run, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            run.Fail("Connection", problem);
        }

        return run.Diagnosis();
    }

    private async Task ReadAsync(TestRun run, CancellationToken cancellationToken)
    {
        var (connection, identity) = (run.Connection, run.Identity!);
        var regional = await RegionsAsync(connection, run.Target!, identity, run.Checks, cancellationToken).ConfigureAwait(false);
        var sessions = await OrganizationAsync(run, cancellationToken).ConfigureAwait(false);
        if (connection.Kind == ConnectionKind.Account || sessions.Any(session => session.IsHub))
        {
            await ServicesAsync(connection, regional, identity, run, cancellationToken).ConfigureAwait(false);
            run.Checks.Add(await PermissionsAsync(connection, run.Target!, identity, run.Missing, cancellationToken).ConfigureAwait(false));
        }

        await MembersAsync(run, [.. sessions.Where(session => !session.IsHub)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Base credentials, clock, roles with their external IDs, account: each needs the one before.</summary>
    private async Task<bool> EnterAsync(TestRun run, Uri? endpointUrl, CancellationToken cancellationToken)
    {
        var connection = run.Connection;
        ResolvedCredentials session;
        CallerIdentity caller;
        try
        {
            session = await _resolver.FindAsync(connection, cancellationToken).ConfigureAwait(false);
            run.Use(new EndpointCheck(_environment, endpointUrl, session.Endpoints));
            var origin = session.Roles.Count > 0 ? session.Roles[0].From : session;
            await CredentialResolver.FetchAsync(origin).ConfigureAwait(false);
            caller = await CallerIdentity.AskAsync(_client, ConnectionResolver.TargetOf(connection, origin) with { AccountId = null }, cancellationToken).ConfigureAwait(false);
            run.Checks.Add(Passed("Credentials", $"{origin.Source} is {caller.Arn}."));
            run.Checks.Add(Passed("Clock", "AWS accepts this machine's time."));
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
                isLast ? session : session.Roles[i + 1].From, session.Roles[i], i == 0 ? caller.Arn : SessionArn(session.Roles[i - 1].Request), isLast ? "Role" : $"Role: {session.Roles[i].Request.Role.Name}", isLast ? "External ID" : $"External ID: {session.Roles[i].Request.Role.Name}");
            if (!await RoleAsync(entry, run, run.Checks, cancellationToken).ConfigureAwait(false))
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

    private static string SessionArn(RoleRequest request) => $"arn:{request.Role.Partition}:sts::{request.Role.AccountId}:assumed-role/{request.Role.Name}/{request.SessionName}";

    private async Task<bool> RoleAsync(RoleEntry entry, TestRun run, List<ConnectionCheck> checks, CancellationToken cancellationToken)
    {
        var role = entry.Role.Request;
        try
        {
            await FetchAsync(entry, run.Connection, cancellationToken).ConfigureAwait(false);
            checks.Add(Passed(entry.RoleCheck, $"{entry.Caller} may enter {role.Role}."));
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.ClockSkew)
        {
            checks.RemoveAll(check => check.Name == "Clock");
            checks.Add(Failed("Clock", problem.Message, TestAdvice.On(problem)));
            return false;
        }
        catch (AwsServiceException problem)
        {
            var (detail, advice) = RoleRefusal.Explain(problem, role, entry.Caller);
            checks.Add(Failed(entry.RoleCheck, detail, advice));
            run.BlameProxy(problem);
            return false;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            checks.Add(Failed(entry.RoleCheck, problem.Message, TestAdvice.On(problem)));
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
                await CredentialResolver.FetchAsync(entry.Session).ConfigureAwait(false);
                return;
            }
            catch (AwsServiceException problem) when (
                problem.Kind == AwsErrorKind.AccessDenied && Denial.Parse(problem.ServiceMessage).Reason == DenialReason.Unknown
                && entry.Role.Request.MfaSerial is null && attempt < Waits.Length && (Now() - connection.Created).Duration() < Youth)
            {
                Progress?.Invoke($"'{connection.Name}' was made just now: waiting for the role {entry.Role.Request.Role} to spread");
            }

            await Pause(Waits[attempt], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ConnectionCheck> ExternalIdAsync(RoleEntry entry, CancellationToken cancellationToken)
    {
        var role = entry.Role.Request;
        if (role.ExternalId is null)
        {
            return Skipped(entry.ExternalIdCheck, "None is set; only roles for third parties need one.");
        }

        if (role.MfaSerial is not null)
        {
            return Skipped(entry.ExternalIdCheck, "Trying without it would need another MFA code.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await CredentialResolver.FetchAsync(_resolver.Credentials.Enter(entry.Role.From, role with { ExternalId = null })).ConfigureAwait(false);
            return Warning(entry.ExternalIdCheck, "The role can be entered without the external ID too.", $"Add a condition on sts:ExternalId to the trust policy of {role.Role.Name}, so that nobody else is served through the same principal.");
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            return Passed(entry.ExternalIdCheck, "The role cannot be entered without it.");
        }
        catch (AwsServiceException problem)
        {
            return Warning(entry.ExternalIdCheck, $"Whether the role can be entered without it is not known: {problem.Message}", TestAdvice.On(problem));
        }
    }

    private static ConnectionCheck Duration(ResolvedCredentials session, ResolvedCredentials found, PostureConnection connection)
    {
        const string Name = "Session duration";
        var description = session.Describe();
        if (!description.Renews)
        {
            var left = description.TimeLeft(DateTimeOffset.UtcNow) is { } time ? $"They end in {time.TotalMinutes:0} minutes" : "They are temporary";
            return Warning(Name, $"{left} and cannot be renewed.", "A harvest that takes longer stops there and can be resumed. Use a profile, a role or an instance role to have credentials that renew themselves.");
        }

        return found.IsRoleSession && connection is { RoleArn: not null, SessionDuration: > RoleRequest.LongestChainedSession }
            ? Warning(Name, $"A role entered from another role gets 3600 seconds, not {connection.SessionDuration}; its sessions renew themselves.", "Lower -SessionDuration to 3600.")
            : Passed(Name, description.Expires is null ? "The credentials do not end." : "The credentials renew themselves.");
    }

    private static ConnectionCheck Account(PostureConnection connection, CallerIdentity identity) =>
        connection is { AccountId: { } expected, Kind: ConnectionKind.Account } && expected != identity.AccountId
            ? Failed("Account", $"{identity.Arn} is in account {identity.AccountId}, not in {expected}.", "Correct the connection's account, or its credentials.")
            : Passed("Account", $"{identity.AccountId}, as {identity.Arn}.");

    private async Task<AwsTarget> RegionsAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, List<ConnectionCheck> checks, CancellationToken cancellationToken)
    {
        var strangers = connection.Regions.Where(region => Partition.Find(region)?.Name != identity.Partition).ToList();
        checks.Add(strangers.Count == 0
            ? Passed("Partition", identity.Partition)
            : Failed("Partition", $"{string.Join(", ", strangers)}: not in the partition {identity.Partition} of the account.", "Remove these Regions from the connection."));
        try
        {
            var enabled = await _resolver.EnabledRegionsAsync(target, cancellationToken).ConfigureAwait(false);
            var off = connection.Regions.Except(enabled).Except(strangers).ToList();
            checks.Add(off.Count == 0
                ? Passed("Regions", connection.Regions.Count == 0 ? $"All {enabled.Count} enabled Regions are read." : $"{string.Join(", ", connection.Regions)}.")
                : Failed("Regions", $"{string.Join(", ", off)}: not enabled in the account.", "Enable them in the account, or remove them from the connection."));
            return enabled.Count == 0 || enabled.Contains(target.Region) ? target : target with { Region = enabled[0] };
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            checks.Add(Failed("Regions", "ec2:DescribeRegions is denied.", "Allow ec2:DescribeRegions: attach SecurityAudit, or the policy of Get-PosturePolicy."));
            return target;
        }
    }

    /// <returns>The accounts that are covered; none for a connection to one.</returns>
    private async Task<IReadOnlyList<AccountSession>> OrganizationAsync(TestRun run, CancellationToken cancellationToken)
    {
        const string Name = "Organization";
        if (run.Connection.Kind == ConnectionKind.Account)
        {
            run.Checks.Add(Skipped(Name, "The connection is for one account."));
            return [];
        }

        try
        {
            var sessions = await _resolver.AccountsAsync(run.Connection, run.Session!, cancellationToken).ConfigureAwait(false);
            run.Checks.Add(sessions.Count > 0
                ? Passed(Name, $"{sessions.Count} accounts are covered now.")
                : Warning(Name, "No account is covered now.", "Look at the units and accounts that the connection names or leaves out."));
            return sessions;
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            run.Checks.Add(Failed(Name, problem.Message, $"Only the management account and delegated administrators may list accounts, and {run.Identity!.AccountId} may not. Use a role there, with organizations List* and Describe*."));
            return [];
        }
    }

    /// <summary>Enters members of an organization: with and without the external ID, and as far as each service.</summary>
    private async Task MembersAsync(TestRun run, IReadOnlyList<AccountSession> members, CancellationToken cancellationToken)
    {
        var chosen = EntersAllAccounts ? members : Sample(members);
        using var turns = new SemaphoreSlim(MembersAtOnce);
        var done = 0;
        var found = await Task.WhenAll(chosen.Select(async member =>
        {
            await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var result = await MemberAsync(run, member, cancellationToken).ConfigureAwait(false);
                Progress?.Invoke($"{Interlocked.Increment(ref done)} of {chosen.Count} accounts of '{run.Connection.Name}' were entered");
                return result;
            }
            finally
            {
                turns.Release();
            }
        })).ConfigureAwait(false);
        foreach (var (checks, missing) in found)
        {
            run.Checks.AddRange(checks);
            run.Missing.UnionWith(missing);
        }

        if (chosen.Count < members.Count)
        {
            run.Checks.Add(Passed("Members", $"{chosen.Count} of {members.Count} were entered, spread over all; -AllAccount enters each."));
        }
    }

    /// <summary>The first, the last and those between at even distances.</summary>
    private static IReadOnlyList<AccountSession> Sample(IReadOnlyList<AccountSession> members) => members.Count <= SampledMembers
        ? members
        : [.. Enumerable.Range(0, SampledMembers).Select(i => members[i * (members.Count - 1) / (SampledMembers - 1)])];

    private async Task<(List<ConnectionCheck> Checks, IReadOnlyCollection<string> Missing)> MemberAsync(TestRun run, AccountSession member, CancellationToken cancellationToken)
    {
        var checks = new List<ConnectionCheck>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var name = $"Member {member.AccountId}";
        var roles = member.Resolved!.Roles;
        var entry = new RoleEntry(member.Resolved, roles[roles.Count - 1], run.Identity!.Arn, $"{name}: Role", $"{name}: External ID");
        try
        {
            if (await RoleAsync(entry, run, checks, cancellationToken).ConfigureAwait(false))
            {
                checks.Add(await MemberServicesAsync(run.Connection, member, $"{name}: Services", missing, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            checks.Add(Failed(name, problem.Message, TestAdvice.On(problem)));
        }

        return (checks, missing);
    }

    private async Task<ConnectionCheck> MemberServicesAsync(PostureConnection connection, AccountSession member, string name, SortedSet<string> missing, CancellationToken cancellationToken)
    {
        var open = await _resolver.OpenAsync(member, cancellationToken).ConfigureAwait(false);
        var target = new AwsTarget { Credentials = member.Credentials, Region = open.Regions[0], AccountId = member.AccountId, Endpoints = member.Endpoints };
        var probe = new ServiceProbe(_client, target, member.Partition);
        var tried = await Task.WhenAll(ServicesOf(connection).Select(service => probe.TryAsync(service, cancellationToken))).ConfigureAwait(false);
        missing.UnionWith(tried.Select(result => result.DeniedAction).OfType<string>());
        var worst = tried.Select(result => result.Check).Where(check => check.Status is CheckStatus.Failed or CheckStatus.Warning).OrderByDescending(check => check.Status).ToList();
        return worst.Count == 0
            ? Passed(name, $"All {tried.Length} services can be read.")
            : worst[0] with { Name = name, Detail = string.Join(" ", worst.Select(check => check.Detail)) };
    }

    private static IEnumerable<ServiceEntry> ServicesOf(PostureConnection connection) =>
        connection.Services.Count == 0 ? ServiceCatalog.Default.Services : connection.Services.Select(ServiceCatalog.Default.Service);

    private async Task ServicesAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, TestRun run, CancellationToken cancellationToken)
    {
        var probe = new ServiceProbe(_client, target, identity.Partition);
        foreach (var (check, denied) in await Task.WhenAll(ServicesOf(connection).Select(service => probe.TryAsync(service, cancellationToken))).ConfigureAwait(false))
        {
            run.Checks.Add(check);
            if (denied is not null)
            {
                run.Missing.Add(denied);
            }
        }
    }

    /// <summary>Asks IAM's policy simulator for every action a harvest needs.</summary>
    private async Task<ConnectionCheck> PermissionsAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, SortedSet<string> missing, CancellationToken cancellationToken)
    {
        const string Name = "Permissions";
        if (PrincipalOf(connection, identity) is not { } principal)
        {
            return Skipped(Name, "IAM can simulate users and roles only.");
        }

        var policy = LeastPrivilegePolicy.Compute(new PolicyScope { Services = connection.Services.Count == 0 ? null : connection.Services });
        var actions = policy.Actions.Where(action => action.GrantedBy != PolicyGrant.NotNeeded).Select(action => action.Action).ToList();
        try
        {
            foreach (var input in Simulations.Of(principal, actions, identity.Partition, target.Region))
            {
                await foreach (var result in _client.ListAsync("iam", "SimulatePrincipalPolicy", input, "EvaluationResults", target, cancellationToken).ConfigureAwait(false))
                {
                    if (result.Text("EvalDecision") is { } decision and not "allowed")
                    {
                        missing.Add(result.Text("EvalActionName")!);
                    }
                }
            }
        }
        catch (AwsServiceException problem)
        {
            return Skipped(Name, $"IAM's policy simulator cannot be asked ({problem.Code}); the services above were tried instead.");
        }

        return missing.Count == 0
            ? Passed(Name, $"All {actions.Count} actions that a harvest uses are allowed.")
            : Warning(Name, $"{missing.Count} of {actions.Count} actions that a harvest uses are denied: {string.Join(", ", missing)}.", "Attach SecurityAudit and the policy of Get-PosturePolicy; what is denied will be shown as not assessed.");
    }

    // A session is simulated as its role. Its ARN lacks the role's path, which the connection may know.
    private static string? PrincipalOf(PostureConnection connection, CallerIdentity identity)
    {
        var parts = identity.Arn.Split(':')[5].Split('/');
        return parts[0] switch
        {
            "user" => identity.Arn,
            "assumed-role" => connection.RoleArn is { } arn && RoleArn.Parse(arn).Name == parts[1] ? arn : RoleArn.Of(identity.Partition, identity.AccountId, parts[1]),
            _ => null,
        };
    }

    private static ConnectionCheck Passed(string name, string detail) => new() { Name = name, Detail = detail };

    private static ConnectionCheck Skipped(string name, string detail) => new() { Name = name, Status = CheckStatus.Skipped, Detail = detail };

    private static ConnectionCheck Warning(string name, string detail, string advice) => new() { Name = name, Status = CheckStatus.Warning, Detail = detail, Recommendation = advice };

    private static ConnectionCheck Failed(string name, string detail, string advice) => new() { Name = name, Status = CheckStatus.Failed, Detail = detail, Recommendation = advice };
}
