using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Catalog;
using CloudPosture.Harvest;

namespace CloudPosture.Connections;

/// <summary>
/// Reads an organization's tree from its management account or a delegated administrator, at half of the published rates: there
/// are 20 accounts a page and 5 pages a second for all who manage the organization, so thousands of accounts take minutes.
/// </summary>
internal sealed class OrganizationReader(AwsClient client, AwsTarget target, IHarvestClock? clock = null)
{
    private const double QuotaShare = 0.5;

    // Each halves the pace, so that this many are only used up where others take all there is, for minutes.
    private const int MostThrottles = 20;

    private readonly Pace _pace = new(ServiceCatalog.Default.Service("organizations"), QuotaShare, clock ?? new SystemClock());

    public async Task<IReadOnlyList<OrganizationAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        using var organization = await SendAsync(Call("DescribeOrganization", null), cancellationToken).ConfigureAwait(false);
        var management = organization.Root.GetProperty("Organization").Text("MasterAccountId");
        var accounts = new List<OrganizationAccount>();
        var units = new Queue<Unit>();
        await foreach (var root in ListAsync("ListRoots", null, "Roots", cancellationToken).ConfigureAwait(false))
        {
            units.Enqueue(new Unit(root.Text("Name") ?? "Root", [root.Text("Id")!]));
        }

        while (units.Count > 0)
        {
            // Each of the two has a rate of its own.
            var unit = units.Dequeue();
            var children = ChildrenAsync(unit, cancellationToken);
            await foreach (var account in ListAsync("ListAccountsForParent", unit.Input, "Accounts", cancellationToken).ConfigureAwait(false))
            {
                var id = account.Text("Id")!;
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

            foreach (var child in await children.ConfigureAwait(false))
            {
                units.Enqueue(child);
            }
        }

        return [.. accounts.OrderBy(account => account.Id, System.StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<Unit>> ChildrenAsync(Unit unit, CancellationToken cancellationToken)
    {
        var children = new List<Unit>();
        await foreach (var child in ListAsync("ListOrganizationalUnitsForParent", unit.Input, "OrganizationalUnits", cancellationToken).ConfigureAwait(false))
        {
            children.Add(new Unit($"{unit.Path}/{child.Text("Name")}", [.. unit.Ids, child.Text("Id")!]));
        }

        return children;
    }

    private async IAsyncEnumerable<JsonElement> ListAsync(string operation, object? input, string member, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (AwsCall? page = Call(operation, input); page is not null;)
        {
            using var answer = await SendAsync(page, cancellationToken).ConfigureAwait(false);
            page = Pager.NextInput(page.Operation, page.Input, answer.Root) is { } next ? page with { Input = next } : null;

            // An empty list may be absent from the answer.
            if (answer.Root.TryGetProperty(member, out var items) && items.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in items.EnumerateArray())
                {
                    yield return item;
                }
            }
        }
    }

    private async Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken)
    {
        for (var throttles = 0; ; throttles++)
        {
            await _pace.WaitAsync(target.Region, call.Operation.Name, cancellationToken).ConfigureAwait(false);
            try
            {
                return await client.SendWithRetryAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.Throttled && throttles < MostThrottles)
            {
                _pace.Throttled(target.Region, call.Operation.Name, problem.RetryAfter);
            }
        }
    }

    private AwsCall Call(string operation, object? input) => new()
    {
        Operation = ServiceModels.Get("organizations").Operation(operation),
        Input = input is null ? default : JsonSerializer.SerializeToElement(input),
        Target = target,
    };

    private sealed record Unit(string Path, IReadOnlyList<string> Ids)
    {
        public object Input => new { ParentId = Ids[Ids.Count - 1] };
    }
}
