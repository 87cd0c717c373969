using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Tallies;

namespace CloudPosture.Posture.Harvests;

/// <summary>
/// The main job: the accounts that connections lead to are read into the lake, each is assessed as soon as it is read, and the
/// findings are kept with the harvest. What cannot be reached, account or connection, is told and not assessed; the others go on.
/// </summary>
public sealed class HarvestRun
{
    private readonly HarvestOrder _order;
    private readonly HarvestInfo? _begun;
    private readonly IReadOnlyList<AccountTarget> _reached;

    private HarvestRun(HarvestOrder order, IReadOnlyList<AccountTarget> reached, IReadOnlyList<UnreachedConnection> unreached)
    {
        _order = order;
        _reached = reached;
        _begun = order.Resumed ?? (order.HarvestId is { } id ? order.Lake.FindHarvest(id) : null);
        Unreached = unreached;
        var sessions = reached.Where(session => Wants(session.AccountId, session.AccountName)).ToList();
        Request = order.Manner with
        {
            Lake = order.Lake,
            Targets = [.. sessions, .. unreached.SelectMany(TargetsOf)],
            Services = order is { Events: not null, Resumed: null } ? order.Content.Catalog.EventNames
                : WithProviders(WithoutExcluded([.. order.Services ?? ServicesOf(sessions, unreached, order)], order), order),
            Events = order.Events,
            Regions = order.Regions,
            Resume = order.Resumed?.HarvestId,
            HarvestId = order.Resumed is null ? order.HarvestId : null,
        };
    }

    /// <summary>What is going to be read.</summary>
    public HarvestRequest Request { get; }

    /// <summary>The connections that could not be used.</summary>
    public IReadOnlyList<UnreachedConnection> Unreached { get; }

    /// <summary>False where none of the accounts that the connections lead to is wanted, or no connection leads anywhere.</summary>
    public bool HasAccounts => Request.Targets.Count > 0;

    /// <summary>The accounts that the connections lead to, wanted or not, by id and name.</summary>
    public IEnumerable<(string Id, string Name)> Accounts =>
        _reached.Select(session => (session.AccountId, session.AccountName)).Concat(Unreached.SelectMany(connection => connection.Accounts).Select(id => (id, id)));

    /// <summary>Finds out which accounts the connections lead to. Nothing is read of them, and nothing is written.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="resolver">What turns connections into accounts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="LakeException">The lake is damaged, or cannot be written by shards that share a list of accounts.</exception>
    public static async Task<HarvestRun> PlanAsync(HarvestOrder order, ConnectionResolver resolver, CancellationToken cancellationToken)
    {
        var reached = new List<AccountTarget>();
        var refused = new List<(PostureConnection Connection, Exception Problem)>();
        foreach (var connection in order.Connections)
        {
            try
            {
                reached.AddRange(await resolver.ResolveAsync(connection, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception problem) when (problem is not (OperationCanceledException or LakeException))
            {
                refused.Add((connection, OwnMistakeException.Told(problem)));
            }
        }

        var taken = new HashSet<string>(reached.Select(session => session.AccountId), StringComparer.Ordinal);
        var whereabouts = new Whereabouts(order.Lake);
        return new HarvestRun(order, reached, [.. refused.Select(one =>
        {
            var leads = whereabouts.Of(one.Connection);
            return new UnreachedConnection(one.Connection, one.Problem, [.. leads.Where(taken.Add)], leads.Count > 0);
        })]);
    }

    /// <summary>Reads and assesses.</summary>
    /// <param name="aws">What sends the calls.</param>
    /// <param name="cancellationToken">Stops; what is committed stays, and can be resumed.</param>
    /// <returns>The accounts as they are done.</returns>
    /// <inheritdoc cref="Harvester.RunAsync" path="/exception"/>
    public async IAsyncEnumerable<AccountOutcome> RunAsync(IAwsCaller aws, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var lost in Unreached.Where(connection => !connection.IsKnown))
        {
            yield return new AccountOutcome(SummaryOf(lost), FindingCounts.None);
        }

        if (!HasAccounts)
        {
            yield break;
        }

        if (_order.RuleFolders is { } folders)
        {
            LakeRules.Remember(_order.Lake, folders);
        }

        var assessment = _order.Library is { } library ? Assessment(library) : null;
        await foreach (var account in new Harvester(aws, _order.Content).RunAsync(Request, cancellationToken).ConfigureAwait(false))
        {
            yield return new AccountOutcome(account, assessment?.Assess(account, cancellationToken) ?? FindingCounts.None);
        }
    }

    /// <summary>
    /// The accounts of the harvest, among those that are this process's to read, which its connections no longer lead to. It would stay
    /// incomplete for ever because of them.
    /// </summary>
    public IReadOnlyList<string> StrandedAccounts()
    {
        if (_begun is not { Status: HarvestStatus.Incomplete })
        {
            return [];
        }

        var here = new HashSet<string>(_reached.Select(session => session.AccountId).Concat(Unreached.SelectMany(connection => connection.Accounts)), StringComparer.Ordinal);
        return [.. _order.Lake.Harvest(_begun.HarvestId).MissingAccounts.Where(account => !here.Contains(account) && Request.Shard?.Owns(account) != false)];
    }

    private AccountAssessment Assessment(RuleLibrary library)
    {
        var known = KnownAccounts.Find(_reached.Select(session => session.AccountId), _order.KnownConnections, _order.Lake);
        return new AccountAssessment(_order.Lake, library, known, _order.Exceptions, _begun is { Status: not HarvestStatus.Incomplete });
    }

    private bool Wants(string accountId, string accountName) => _order.Wants?.Invoke(accountId, accountName) != false;

    // A harvest that is resumed knows its services itself.
    private static IEnumerable<string> ServicesOf(IEnumerable<AccountTarget> sessions, IEnumerable<UnreachedConnection> unreached, HarvestOrder order) =>
        order.Resumed is not null ? []
        : Union([.. sessions.Select(session => session.Services), .. unreached.Where(one => one.Accounts.Count > 0).Select(one => one.Connection.Services)]);

    // A harvest reads the same services of all its accounts: those that any of its connections asks for.
    private static IEnumerable<string> Union(IReadOnlyList<IReadOnlyList<string>> services) =>
        services.Any(asked => asked.Count == 0) ? [] : services.SelectMany(asked => asked).Distinct(StringComparer.OrdinalIgnoreCase);

    // None left would stand for all.
    private static IReadOnlyList<string> WithoutExcluded(IReadOnlyList<string> services, HarvestOrder order)
    {
        if (order.ExcludedServices.Count == 0)
        {
            return services;
        }

        var all = services.Count > 0 ? services : order.Content.Catalog.Names;
        string[] left = [.. all.Except(order.ExcludedServices, StringComparer.OrdinalIgnoreCase)];
        return left.Length > 0 ? left : throw new SettingException("All services that would be read are excluded. Exclude fewer.");
    }

    // None named stands for all; with detectors beside them, they are named.
    private static IReadOnlyList<string> WithProviders(IReadOnlyList<string> services, HarvestOrder order) =>
        order.Providers.Count == 0 ? services
            : [.. services.Count > 0 ? services : order.Content.Catalog.Names, .. order.Providers.Except(services, StringComparer.OrdinalIgnoreCase)];

    private IEnumerable<AccountTarget> TargetsOf(UnreachedConnection unreached) =>
        from id in unreached.Accounts
        let known = _order.Lake.LatestAccount(id)
        let name = known?.AccountName ?? unreached.Connection.AccountName ?? unreached.Connection.Name
        where Wants(id, name)
        select new AccountTarget
        {
            AccountId = id,
            AccountName = name,
            Partition = known?.Partition ?? "aws",
            Connection = unreached.Connection.Name,
            Namespace = unreached.Connection.Namespace,
            Regions = unreached.Connection.Regions,
            Credentials = new AnonymousAWSCredentials(),
            Closed = unreached.Problem,
        };

    private static AccountSummary SummaryOf(UnreachedConnection lost) => new()
    {
        HarvestId = "",
        AccountId = "",
        AccountName = lost.Connection.AccountName ?? lost.Connection.Name,
        Connection = lost.Connection.Name,
        Status = AccountStatus.Failed,
        Failure = lost.Problem.Message,
        Advice = lost.Advice,
    };
}
