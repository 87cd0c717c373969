using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Posture;

/// <summary>Which organization and units accounts belong to, as management accounts in the lake tell.</summary>
public sealed class AccountTree
{
    private const int Deepest = 16;

    private readonly Dictionary<string, (string Name, string? Parent)> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Organization, string? Parent)> _accounts = new(StringComparer.Ordinal);

    private AccountTree()
    {
    }

    /// <summary>Reads the tree; it is empty where the lake has no management account whose organization was harvested.</summary>
    public static AccountTree Read(PostureLake lake)
    {
        var tree = new AccountTree();
        var organizations = new Dictionary<string, string>(StringComparer.Ordinal);
        var accounts = new List<Resource>();
        foreach (var resource in lake.ReadResources(new ResourceQuery { Types = [OrganizationTypes.Organization, OrganizationTypes.Root, OrganizationTypes.Unit, OrganizationTypes.Account] }))
        {
            switch (resource.Type)
            {
                case OrganizationTypes.Organization:
                    organizations[resource.AccountId] = resource.Id;
                    break;
                case OrganizationTypes.Account:
                    accounts.Add(resource);
                    break;
                default:
                    tree._units[resource.Id] = (resource.Name, ParentOf(resource));
                    break;
            }
        }

        foreach (var account in accounts)
        {
            tree._accounts[account.Id] = (organizations.TryGetValue(account.AccountId, out var id) ? id : "", ParentOf(account));
        }

        return tree;
    }

    /// <summary>The id of the organization that an account belongs to; null where none is known.</summary>
    public string? OrganizationOf(string accountId) => _accounts.TryGetValue(accountId, out var account) ? account.Organization : null;

    /// <summary>The units that an account lies in, from the root down, each by its path (<c>Root/Workloads/Prod</c>); empty where none is known.</summary>
    public IReadOnlyList<string> UnitsOf(string accountId)
    {
        var names = new List<string>();
        var parent = _accounts.TryGetValue(accountId, out var account) ? account.Parent : null;
        while (parent is not null && names.Count < Deepest && _units.TryGetValue(parent, out var unit))
        {
            names.Insert(0, unit.Name);
            parent = unit.Parent;
        }

        return [.. names.Select((_, depth) => string.Join("/", names.Take(depth + 1)))];
    }

    private static string? ParentOf(Resource resource) => resource.Configuration.Text("ParentId");
}
