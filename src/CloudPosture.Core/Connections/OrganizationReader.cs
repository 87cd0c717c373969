using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Connections;

/// <summary>Reads an organization's tree from its management account or a delegated administrator.</summary>
internal sealed class OrganizationReader(AwsClient client, AwsTarget target)
{
    public async Task<IReadOnlyList<OrganizationAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        var organization = await client.AskAsync("organizations", "DescribeOrganization", null, target, cancellationToken).ConfigureAwait(false);
        var management = organization.GetProperty("Organization").Text("MasterAccountId");
        var accounts = new List<OrganizationAccount>();
        var units = new Queue<Unit>();
        await foreach (var root in client.ListAsync("organizations", "ListRoots", null, "Roots", target, cancellationToken).ConfigureAwait(false))
        {
            units.Enqueue(new Unit(root.Text("Name") ?? "Root", [root.Text("Id")!]));
        }

        while (units.Count > 0)
        {
            var unit = units.Dequeue();
            var input = new { ParentId = unit.Ids[unit.Ids.Count - 1] };
            await foreach (var account in client.ListAsync("organizations", "ListAccountsForParent", input, "Accounts", target, cancellationToken).ConfigureAwait(false))
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

            await foreach (var child in client.ListAsync("organizations", "ListOrganizationalUnitsForParent", input, "OrganizationalUnits", target, cancellationToken).ConfigureAwait(false))
            {
                units.Enqueue(new Unit($"{unit.Path}/{child.Text("Name")}", [.. unit.Ids, child.Text("Id")!]));
            }
        }

        return [.. accounts.OrderBy(account => account.Id, System.StringComparer.Ordinal)];
    }

    private sealed record Unit(string Path, IReadOnlyList<string> Ids);
}
