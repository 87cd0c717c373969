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

    /// <summary>Tests a connection: for an organization its hub, and that the accounts can be listed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="endpointUrl">The endpoint the client was told to use; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The diagnosis; what goes wrong is part of it and not thrown.</returns>
    public async Task<ConnectionDiagnosis> TestAsync(PostureConnection connection, Uri? endpointUrl, CancellationToken cancellationToken)
    {
        var checks = new List<ConnectionCheck> { Endpoint(endpointUrl, null), Proxy() };
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        CallerIdentity? identity = null;
        try
        {
            if (await EnterAsync(connection, endpointUrl, checks, cancellationToken).ConfigureAwait(false) is var (target, reached))
            {
                identity = reached;
                var regional = await RegionsAsync(connection, target, identity, checks, cancellationToken).ConfigureAwait(false);
                checks.Add(await OrganizationAsync(connection, target, cancellationToken).ConfigureAwait(false));
                await ServicesAsync(connection, regional, identity, checks, missing, cancellationToken).ConfigureAwait(false);
                checks.Add(await PermissionsAsync(connection, target, identity, missing, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception problem) when (problem is AwsServiceException or AwsConfigurationException or CredentialException or ConnectionException)
        {
            checks.Add(new ConnectionCheck { Name = "Connection", Status = CheckStatus.Failed, Detail = problem.Message });
        }

        return new ConnectionDiagnosis { ConnectionName = connection.Name, AccountId = identity?.AccountId, Identity = identity?.Arn, MissingPermissions = [.. missing], Checks = checks };
    }

    /// <summary>Base credentials, clock, role, external ID, account: each needs the one before.</summary>
    private async Task<(AwsTarget Target, CallerIdentity Identity)?> EnterAsync(PostureConnection connection, Uri? endpointUrl, List<ConnectionCheck> checks, CancellationToken cancellationToken)
    {
        ResolvedCredentials found;
        CallerIdentity caller;
        try
        {
            found = await _resolver.BaseCredentialsAsync(connection, cancellationToken).ConfigureAwait(false);
            checks[0] = Endpoint(endpointUrl, found.Endpoints);
            caller = await CallerIdentity.AskAsync(_client, ConnectionResolver.TargetOf(connection, found) with { AccountId = null }, cancellationToken).ConfigureAwait(false);
            checks.Add(Passed("Credentials", $"{found.Source} is {caller.Arn}."));
            checks.Add(Passed("Clock", "AWS accepts this machine's time."));
        }
        catch (AwsServiceException problem)
        {
            checks.Add(Failed(problem.Kind == AwsErrorKind.ClockSkew ? "Clock" : "Credentials", problem.Message, AdviceOn(problem)));
            return null;
        }
        catch (Exception problem) when (problem is CredentialException or ConnectionException or AwsConfigurationException)
        {
            checks.Add(Failed("Credentials", problem.Message, ""));
            return null;
        }

        var session = found;
        if (ConnectionResolver.RoleOf(connection) is { } role)
        {
            session = _resolver.Credentials.Enter(found, role);
            if (!await RoleAsync(session, found, role, caller, checks, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }

        checks.Add(Duration(session, found, connection));
        var target = ConnectionResolver.TargetOf(connection, session);
        var identity = ReferenceEquals(session, found) ? caller : await CallerIdentity.AskAsync(_client, target, cancellationToken).ConfigureAwait(false);
        checks.Add(Account(connection, identity));
        return (target with { AccountId = identity.AccountId }, identity);
    }

    private async Task<bool> RoleAsync(ResolvedCredentials session, ResolvedCredentials found, RoleRequest role, CallerIdentity caller, List<ConnectionCheck> checks, CancellationToken cancellationToken)
    {
        try
        {
            await CredentialResolver.FetchAsync(session).ConfigureAwait(false);
            checks.Add(Passed("Role", $"{caller.Arn} may enter {role.Role}."));
        }
        catch (AwsServiceException problem)
        {
            var (detail, advice) = RoleRefusal.Explain(problem, role, caller.Arn);
            checks.Add(Failed("Role", detail, advice));
            return false;
        }

        checks.Add(await ExternalIdAsync(found, role, cancellationToken).ConfigureAwait(false));
        return true;
    }

    private async Task<ConnectionCheck> ExternalIdAsync(ResolvedCredentials found, RoleRequest role, CancellationToken cancellationToken)
    {
        const string Name = "External ID";
        if (role.ExternalId is null)
        {
            return Skipped(Name, "None is set; only roles for third parties need one.");
        }

        if (role.MfaSerial is not null)
        {
            return Skipped(Name, "Trying without it would need another MFA code.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await CredentialResolver.FetchAsync(_resolver.Credentials.Enter(found, role with { ExternalId = null })).ConfigureAwait(false);
            return Warning(Name, "The role can be entered without the external ID too.", $"Add a condition on sts:ExternalId to the trust policy of {role.Role.Name}, so that nobody else is served through the same principal.");
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            return Passed(Name, "The role cannot be entered without it.");
        }
        catch (AwsServiceException problem)
        {
            return Warning(Name, $"Whether the role can be entered without it is not known: {problem.Message}", "");
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

    private async Task<ConnectionCheck> OrganizationAsync(PostureConnection connection, AwsTarget target, CancellationToken cancellationToken)
    {
        if (connection.Kind == ConnectionKind.Account)
        {
            return Skipped("Organization", "The connection is for one account.");
        }

        try
        {
            var sessions = await _resolver.ResolveAsync(connection, cancellationToken).ConfigureAwait(false);
            return Passed("Organization", $"{sessions.Count} accounts are covered now.");
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            return Failed("Organization", problem.Message, $"Only the management account and delegated administrators may list accounts, and {target.AccountId} may not. Use a role there, with organizations List* and Describe*.");
        }
    }

    private async Task ServicesAsync(PostureConnection connection, AwsTarget target, CallerIdentity identity, List<ConnectionCheck> checks, SortedSet<string> missing, CancellationToken cancellationToken)
    {
        var catalog = ServiceCatalog.Default;
        var services = connection.Services.Count == 0 ? catalog.Services : connection.Services.Select(catalog.Service);
        var probe = new ServiceProbe(_client, target, identity.Partition);
        foreach (var (check, denied) in await Task.WhenAll(services.Select(service => probe.TryAsync(service, cancellationToken))).ConfigureAwait(false))
        {
            checks.Add(check);
            if (denied is not null)
            {
                missing.Add(denied);
            }
        }
    }

    /// <summary>Asks IAM's policy simulator for every action a harvest needs; one call a hundred actions.</summary>
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
            for (var first = 0; first < actions.Count; first += 100)
            {
                var input = new { PolicySourceArn = principal, ActionNames = actions.Skip(first).Take(100) };
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

    private ConnectionCheck Endpoint(Uri? given, EndpointSettings? settings)
    {
        var isIgnored = _environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") is { Length: > 0 } text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : settings?.IgnoresConfiguredUrls ?? false;
        var configured = isIgnored ? null : _environment("AWS_ENDPOINT_URL") is { Length: > 0 } general ? general : settings?.Url?.ToString();
        return (given?.ToString() ?? configured) is { } endpoint
            ? Passed("Endpoint", $"{Plain(endpoint)} in place of AWS's own.")
            : Passed("Endpoint", !isIgnored && settings?.ServiceUrls.Count > 0 ? $"AWS's own endpoints, but the profile's for {string.Join(", ", settings.ServiceUrls.Keys)}." : "AWS's own endpoints.");
    }

    private ConnectionCheck Proxy()
    {
        var proxy = new[] { "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy" }.Select(_environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return Passed("Proxy", proxy is null ? "None is set in the environment." : $"{Plain(proxy)}.");
    }

    // Addresses may carry a password.
    private static string Plain(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : "an address that cannot be read";

    private static string AdviceOn(AwsServiceException problem) => problem.Kind switch
    {
        AwsErrorKind.ClockSkew => "Set this machine's clock by a time server.",
        AwsErrorKind.Unreachable => "Check network, proxy (HTTPS_PROXY) and endpoint (-EndpointUrl, AWS_ENDPOINT_URL).",
        AwsErrorKind.ExpiredCredentials => "Renew the credentials: sign in again, or give new keys.",
        AwsErrorKind.InvalidCredentials => "Check the keys: they may be mistyped, deleted, inactive, or of another partition.",
        _ => "",
    };

    private static ConnectionCheck Passed(string name, string detail) => new() { Name = name, Detail = detail };

    private static ConnectionCheck Skipped(string name, string detail) => new() { Name = name, Status = CheckStatus.Skipped, Detail = detail };

    private static ConnectionCheck Warning(string name, string detail, string advice) => new() { Name = name, Status = CheckStatus.Warning, Detail = detail, Recommendation = advice };

    private static ConnectionCheck Failed(string name, string detail, string advice) => new() { Name = name, Status = CheckStatus.Failed, Detail = detail, Recommendation = advice };
}
