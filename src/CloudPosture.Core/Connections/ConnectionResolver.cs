using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Json;

namespace CloudPosture.Connections;

/// <summary>Turns connections into ways into accounts.</summary>
public sealed class ConnectionResolver
{
    private readonly AwsClient _client;
    private readonly ServiceCatalog _catalog;
    private readonly ConnectionStore _store;
    private readonly CredentialResolver _credentials;
    private readonly SessionSecrets _secrets;

    /// <summary>Makes a resolver.</summary>
    /// <param name="client">What asks AWS; its life must be longer than that of the sessions.</param>
    /// <param name="catalog">The services that connections may name.</param>
    /// <param name="store">Where connections that others build on are looked up.</param>
    /// <param name="credentials">What finds credentials.</param>
    /// <param name="secrets">The keys given in this session.</param>
    public ConnectionResolver(AwsClient client, ServiceCatalog catalog, ConnectionStore store, CredentialResolver credentials, SessionSecrets secrets)
    {
        _client = client;
        _catalog = catalog;
        _store = store;
        _credentials = credentials;
        _secrets = secrets;
    }

    /// <summary>What other shards of a harvest have listed already; null asks AWS each time.</summary>
    public SharedOrganizations? Shared { get; set; }

    /// <summary>Is told where credentials, Regions and accounts came from; null tells nobody.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>The share of AWS's published rates that listing an organization uses, above 0 up to 1.</summary>
    public double QuotaShare { get; set; } = OrganizationReader.UsualShare;

    internal AwsClient Client => _client;

    internal ServiceCatalog Catalog => _catalog;

    internal CredentialResolver Credentials => _credentials;

    /// <summary>A connection's credentials, its role included; they were fetched once.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CredentialException">They cannot be had.</exception>
    /// <exception cref="ConnectionException">The connection, or one it builds on, is invalid or missing.</exception>
    /// <exception cref="AwsServiceException">STS refused the role.</exception>
    public async Task<ResolvedCredentials> CredentialsAsync(PostureConnection connection, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
        await CredentialResolver.FetchAsync(found, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>A connection's credentials, its role included; none of the roles on the way is entered yet.</summary>
    internal Task<ResolvedCredentials> FindAsync(PostureConnection connection, CancellationToken cancellationToken) =>
        FindAsync(connection, new HashSet<string>(StringComparer.OrdinalIgnoreCase), cancellationToken);

    /// <summary>The accounts a connection leads to now. An organization is read, by one of several shards; single accounts are asked only where their number is not known.</summary>
    /// <param name="connection">The connection, enabled or not.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One session an account; enter each with <see cref="OpenAsync"/>, so that one that is closed to us leaves the others alone.</returns>
    /// <exception cref="CloudPosture.Lake.LakeException">The folder that the shards share cannot be written.</exception>
    /// <inheritdoc cref="CredentialsAsync" path="/exception"/>
    public async Task<IReadOnlyList<AccountTarget>> ResolveAsync(PostureConnection connection, CancellationToken cancellationToken)
    {
        var credentials = await CredentialsAsync(connection, cancellationToken).ConfigureAwait(false);
        return await AccountsAsync(connection, credentials, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same with credentials that are there already.</summary>
    internal async Task<IReadOnlyList<AccountTarget>> AccountsAsync(PostureConnection connection, ResolvedCredentials credentials, CancellationToken cancellationToken)
    {
        var target = TargetOf(connection, credentials);
        var identity = await CallerIdentity.AskAsync(_client, target, cancellationToken).ConfigureAwait(false);
        if (connection.Organization is { } scope)
        {
            var reader = new OrganizationReader(_client, _catalog, target with { AccountId = identity.AccountId }, quotaShare: QuotaShare);
            var all = await (Shared?.ReadAsync(connection.Name, reader.ReadAsync, cancellationToken) ?? reader.ReadAsync(cancellationToken)).ConfigureAwait(false);
            Trace?.Invoke($"The organization of connection '{connection.Name}' was listed by {reader.Calls} calls, of which AWS throttled {reader.Throttled}.");
            return [.. Covered(scope, all).Select(account => MemberSession(connection, scope, credentials, identity, account))];
        }

        return connection.AccountId is { } expected && expected != identity.AccountId
            ? throw WrongAccount(connection.Name, expected, identity)
            : [Session(connection, credentials, identity.AccountId, connection.AccountName ?? connection.Name, identity.Partition) with { UnitPath = connection.UnitPath, Caller = identity.Arn }];
    }

    /// <summary>Enters an account: makes sure it is the one expected, and asks for its Regions where the connection names none.</summary>
    /// <param name="session">A session from <see cref="ResolveAsync"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The session with all Regions, ready for a harvest.</returns>
    /// <exception cref="ConnectionException">Another account was reached.</exception>
    /// <exception cref="AwsServiceException">AWS refused.</exception>
    public async Task<AccountTarget> OpenAsync(AccountTarget session, CancellationToken cancellationToken)
    {
        var target = new AwsTarget { Credentials = session.Credentials, Region = session.Regions.FirstOrDefault() ?? Partition.HomeRegionOf(session.Partition), AccountId = session.AccountId, Endpoints = session.Endpoints };
        var identity = await CallerIdentity.AskAsync(_client, target, cancellationToken).ConfigureAwait(false);
        if (identity.AccountId != session.AccountId)
        {
            throw WrongAccount(session.Connection, session.AccountId, identity);
        }

        return session with
        {
            Regions = session.Regions.Count > 0 ? session.Regions : await EnabledRegionsAsync(target, cancellationToken).ConfigureAwait(false),
            IsManagementAccount = session.IsManagementAccount ?? await IsManagementAsync(target, cancellationToken).ConfigureAwait(false),
        };
    }

    internal static RoleRequest? RoleOf(PostureConnection connection) => connection.RoleArn is null ? null : new RoleRequest
    {
        Role = RoleArn.Parse(connection.RoleArn),
        ExternalId = connection.Kind == ConnectionKind.Account ? connection.ExternalId : connection.HubExternalId,
        MfaSerial = connection.MfaSerial,
        SessionName = connection.RoleSessionName ?? "CloudPosture",
        Duration = connection.SessionDuration ?? RoleRequest.LongestChainedSession,
    };

    /// <summary>The Regions the account has enabled, sorted.</summary>
    internal async Task<IReadOnlyList<string>> EnabledRegionsAsync(AwsTarget target, CancellationToken cancellationToken)
    {
        var regions = new List<string>();
        await foreach (var region in _client.ListAsync(new AwsQuestion("ec2", "DescribeRegions"), "Regions", target, cancellationToken).ConfigureAwait(false))
        {
            regions.Add(region.Text("RegionName")!);
        }

        regions.Sort(StringComparer.Ordinal);
        return regions;
    }

    internal static AwsTarget TargetOf(PostureConnection connection, ResolvedCredentials credentials)
    {
        var partition = RoleArn.TryParse(connection.RoleArn, out var role) ? role.Partition : null;
        var region = connection.Regions.FirstOrDefault() ?? credentials.Region ?? Partition.HomeRegionOf(partition ?? "aws");
        return new AwsTarget
        {
            Credentials = credentials.Credentials,
            Region = partition is null || Partition.Of(region).Name == partition ? region : Partition.HomeRegionOf(partition),
            AccountId = credentials.AccountId ?? connection.AccountId,
            Endpoints = credentials.Endpoints,
        };
    }

    private static ConnectionException WrongAccount(string connection, string expected, CallerIdentity identity) => new(
        ConnectionError.WrongAccount,
        $"The connection '{connection}' is for account {expected}, but its credentials belong to {identity.AccountId} ({identity.Arn}). Correct the connection's account or its credentials.");

    private async Task<ResolvedCredentials> FindAsync(PostureConnection connection, HashSet<string> visited, CancellationToken cancellationToken)
    {
        ConnectionRules.Validate(connection);
        ConnectionRules.DemandServices(connection, _catalog);
        if (!visited.Add(connection.Name))
        {
            throw new ConnectionException(ConnectionError.Invalid, $"The connections {string.Join(", ", visited)} take their credentials from each other in a circle. Correct one of them.", advice: new Advice("Correct one of the connections.", "ConnectionChange"));
        }

        var found = connection.Credential.Kind == CredentialKind.Connection
            ? await FindAsync(await _store.GetAsync(connection.Credential.Connection!, cancellationToken).ConfigureAwait(false), visited, cancellationToken).ConfigureAwait(false)
            : await OwnAsync(connection, cancellationToken).ConfigureAwait(false);
        return RoleOf(connection) is { } role ? _credentials.Enter(found, role) : found;
    }

    private async Task<ResolvedCredentials> OwnAsync(PostureConnection connection, CancellationToken cancellationToken)
    {
        _secrets.TryGet(connection.Name, out var keys);
        var own = await _credentials.FindAsync(connection.Credential, keys, cancellationToken).ConfigureAwait(false);
        Trace?.Invoke($"Connection '{connection.Name}': credentials come from {own.Source}; {RegionOf(connection, own)}.");
        return own;
    }

    private string RegionOf(PostureConnection connection, ResolvedCredentials found) =>
        connection.Regions.Count > 0 ? $"Region {connection.Regions[0]} is the connection's first"
        : _credentials.Region is { } given ? $"Region {given} was given for this session or call"
        : found.Region is { } region ? $"Region {region} is their profile's, or AWS_REGION's"
        : $"no Region is named anywhere, so {TargetOf(connection, found).Region} is asked";

    private static IEnumerable<OrganizationAccount> Covered(OrganizationScope scope, IReadOnlyList<OrganizationAccount> all)
    {
        var unknown = scope.OrganizationalUnitIds.Where(id => !all.Any(account => account.UnitIds.Contains(id))).ToList();
        return unknown.Count == 0
            ? all.Where(account => account.IsActive
                && (scope.IncludeManagementAccount || !account.IsManagementAccount)
                && !scope.ExcludedAccounts.Contains(account.Id)
                && (scope.OrganizationalUnitIds.Count == 0 || account.UnitIds.Intersect(scope.OrganizationalUnitIds).Any()))
            : throw new ConnectionException(ConnectionError.Invalid, $"The organization has no accounts under {string.Join(", ", unknown)}.", advice: new Advice("Correct the organizational units of the connection.", "OrganizationalUnitId"));
    }

    private AccountTarget MemberSession(PostureConnection connection, OrganizationScope scope, ResolvedCredentials hub, CallerIdentity identity, OrganizationAccount account)
    {
        var isHub = account.Id == identity.AccountId;
        var role = RoleArn.Of(identity.Partition, account.Id, scope.MemberRole);
        var member = isHub
            ? hub
            : _credentials.Enter(hub, new RoleRequest
            {
                Role = RoleArn.Parse(role),
                ExternalId = connection.ExternalId,
                SessionName = connection.RoleSessionName ?? "CloudPosture",
                Duration = connection.SessionDuration ?? RoleRequest.LongestChainedSession,
            });
        return Session(connection, member, account.Id, account.Name, identity.Partition) with { UnitPath = account.UnitPath, IsManagementAccount = account.IsManagementAccount, IsHub = isHub, Caller = isHub ? identity.Arn : role };
    }

    private static AccountTarget Session(PostureConnection connection, ResolvedCredentials credentials, string accountId, string accountName, string partition) => new()
    {
        Connection = connection.Name,
        Namespace = connection.Namespace,
        AccountId = accountId,
        AccountName = accountName,
        Partition = partition,
        Regions = connection.Regions,
        Services = connection.Services,
        Credentials = credentials.Credentials,
        Resolved = credentials,
        Endpoints = credentials.Endpoints,
        CredentialDescription = credentials.Describe() with { AccountId = accountId },
    };

    // Members may describe their organization too; an account that cannot is treated as a member, as only the management account's rules need to know.
    private async Task<bool> IsManagementAsync(AwsTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.AskAsync(new AwsQuestion("organizations", "DescribeOrganization"), target, cancellationToken).ConfigureAwait(false);
            return answer.Member("Organization")?.Text("MasterAccountId") == target.AccountId;
        }
        catch (AwsServiceException problem) when (problem.Kind != AwsErrorKind.ExpiredCredentials)
        {
            return false;
        }
    }
}
