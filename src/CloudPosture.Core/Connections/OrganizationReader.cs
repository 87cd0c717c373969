using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Retry;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Calls;
using CloudPosture.Harvest.Pacing;
using CloudPosture.Json;
using CloudPosture.Lake;
using CloudPosture.Time;

namespace CloudPosture.Connections;

/// <summary>
/// Reads an organization's tree from its management account or a delegated administrator, at a share of the published rates: there
/// are 20 accounts a page and 5 pages a second for all who manage the organization, so thousands of accounts take minutes.
/// </summary>
/// <param name="client">What asks; each call once, because the pace must hear of every refusal.</param>
/// <param name="catalog">Knows the pace.</param>
/// <param name="target">The account to ask in.</param>
/// <param name="clock">The time; null for the machine's.</param>
/// <param name="quotaShare">The share of the rates to use, above 0 up to 1.</param>
internal sealed class OrganizationReader(AwsClient client, ServiceCatalog catalog, AwsTarget target, TimeProvider? clock = null, double quotaShare = OrganizationReader.UsualShare)
{
    /// <summary>The share of the rates that is used unless somebody says otherwise.</summary>
    public const double UsualShare = 0.5;

    // Each halves the pace, so that this many are only used up where others take all there is, for minutes.
    private const int MostThrottles = 20;

    // Ten times as many as AWS lets an organization have ("Quotas for AWS Organizations": 2,000 units; accounts by agreement).
    private const int MostUnits = 20_000;
    private const int MostAccounts = 500_000;

    private readonly TimeProvider _clock = clock ?? new SteadyTime();
    private readonly Pace _pace = new(catalog.Service("organizations"), quotaShare, clock ?? new SteadyTime());
    private readonly RetryLimits _retries = RetryLimits.FromEnvironment();
    private int _calls;
    private int _throttled;

    /// <summary>Requests sent, repetitions included.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Of these, those that AWS throttled.</summary>
    public int Throttled => Volatile.Read(ref _throttled);

    /// <summary>Reads the accounts.</summary>
    /// <exception cref="AwsServiceException">AWS refused, or the organization never ends.</exception>
    public async Task<IReadOnlyList<OrganizationAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        using var organization = await SendAsync(Call("DescribeOrganization", null), cancellationToken).ConfigureAwait(false);
        var management = organization.Root.TryGetProperty("Organization", out var described) && described.Text("MasterAccountId") is { } told && AccountIds.IsValid(told)
            ? told
            : throw Malformed("DescribeOrganization", "the management account");
        var accounts = new List<OrganizationAccount>();
        var units = new Queue<Unit>();
        var known = new HashSet<string>(System.StringComparer.Ordinal);
        await foreach (var root in ListAsync("ListRoots", null, "Roots", cancellationToken).ConfigureAwait(false))
        {
            Enqueue(new Unit(root.Text("Name") ?? "Root", [IdOf(root, "ListRoots")]));
        }

        while (units.Count > 0)
        {
            // Each of the two has a rate of its own.
            var unit = units.Dequeue();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var children = EndingAsync(ChildrenAsync(unit, both.Token), both);
            var direct = EndingAsync(AddAccountsAsync(unit, accounts, management, both.Token), both);
            await Task.WhenAll(direct, children).ConfigureAwait(false);
            foreach (var child in await children.ConfigureAwait(false))
            {
                Enqueue(child);
            }
        }

        return [.. accounts.OrderBy(account => account.Id, System.StringComparer.Ordinal)];

        // A unit has one parent, so that one which comes again leads in a circle.
        void Enqueue(Unit unit)
        {
            if (!known.Add(unit.Ids[unit.Ids.Count - 1]) || known.Count > MostUnits)
            {
                throw Endless("ListOrganizationalUnitsForParent");
            }

            units.Enqueue(unit);
        }
    }

    /// <summary>Whichever fails ends the other, and both have ended when it is told.</summary>
    private static async Task<T> EndingAsync<T>(Task<T> one, CancellationTokenSource both)
    {
        try
        {
            return await one.ConfigureAwait(false);
        }
        catch
        {
            both.Cancel();
            throw;
        }
    }

    private async Task<int> AddAccountsAsync(Unit unit, List<OrganizationAccount> accounts, string management, CancellationToken cancellationToken)
    {
        await foreach (var account in ListAsync("ListAccountsForParent", unit.Input, "Accounts", cancellationToken).ConfigureAwait(false))
        {
            var id = accounts.Count >= MostAccounts ? throw Endless("ListAccountsForParent")
                : account.Text("Id") is { } text && AccountIds.IsValid(text) ? text
                : throw Malformed("ListAccountsForParent", "an account's id of 12 digits");
            accounts.Add(new OrganizationAccount
            {
                Id = id,
                Name = account.Text("Name") ?? id,
                UnitPath = unit.Path,
                UnitIds = unit.Ids,
                IsActive = (account.Text("State") ?? account.Text("Status")) == "ACTIVE",
                IsManagementAccount = id == management,
            });
        }

        return accounts.Count;
    }

    private async Task<IReadOnlyList<Unit>> ChildrenAsync(Unit unit, CancellationToken cancellationToken)
    {
        var children = new List<Unit>();
        await foreach (var child in ListAsync("ListOrganizationalUnitsForParent", unit.Input, "OrganizationalUnits", cancellationToken).ConfigureAwait(false))
        {
            if (children.Count == MostUnits)
            {
                throw Endless("ListOrganizationalUnitsForParent");
            }

            children.Add(new Unit($"{unit.Path}/{child.Text("Name")}", [.. unit.Ids, IdOf(child, "ListOrganizationalUnitsForParent")]));
        }

        return children;
    }

    private async IAsyncEnumerable<JsonElement> ListAsync(string operation, object? input, string member, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new PageGuard(client.Models.Get("organizations").Operation(operation));
        for (AwsCall? page = Call(operation, input); page is not null;)
        {
            using var answer = await SendAsync(page, cancellationToken).ConfigureAwait(false);
            var isNew = guard.IsNew(answer);
            page = guard.Next(page.Input, answer) is { } next ? page with { Input = next } : null;

            // An empty list may be absent from the answer.
            if (isNew && answer.Root.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in items.EnumerateArray())
                {
                    yield return item;
                }
            }
        }
    }

    private Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        int throttles = 0, others = 0;
        return RetryLoop.RunAsync(
            async () =>
            {
                await _pace.WaitAsync(target.Region, call.Operation.Name, cancellationToken).ConfigureAwait(false);
                Interlocked.Increment(ref _calls);
                return await client.SendAsync(call, cancellationToken).ConfigureAwait(false);
            },
            async (problem, _) =>
            {
                if (problem.Kind == AwsErrorKind.Throttled)
                {
                    Interlocked.Increment(ref _throttled);
                    _pace.Throttled(target.Region, call.Operation.Name, RetryPolicy.Bounded(problem.RetryAfter));
                    return throttles++ < MostThrottles;
                }

                if (!_retries.Allows(problem, ++others))
                {
                    return false;
                }

                await _clock.DelayAsync(RetryPolicy.Delay(others, problem.RetryAfter), cancellationToken).ConfigureAwait(false);
                return true;
            });
    }

    private string IdOf(JsonElement unit, string operation) => unit.Text("Id") ?? throw Malformed(operation, "a unit's id");

    private AwsServiceException Malformed(string operation, string lacking) => Failure.Malformed(
        new AwsQuestion("organizations", operation),
        target.Region,
        $"organizations:{operation} answered without {lacking}, so that the organization cannot be listed. If a proxy stands between, it may have changed the answer.");

    private AwsServiceException Endless(string operation) => new($"The answers of organizations:{operation} never end, so that the organization cannot be listed.")
    {
        Kind = AwsErrorKind.Other,
        Code = "EndlessPages",
        Service = "organizations",
        Operation = operation,
    };

    private AwsCall Call(string operation, object? input) => new()
    {
        Operation = client.Models.Get("organizations").Operation(operation),
        Input = input is null ? default : JsonSerializer.SerializeToElement(input),
        Target = target,
    };

    private sealed record Unit(string Path, IReadOnlyList<string> Ids)
    {
        public object Input => new { ParentId = Ids[Ids.Count - 1] };
    }
}
