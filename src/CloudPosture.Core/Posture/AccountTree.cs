using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Posture;

/// <summary>Which organization and units accounts belong to, as management accounts in the lake tell.</summary>
public sealed class AccountTree
{
    private readonly OrganizationParents _parents = new();
    private readonly Dictionary<string, string> _unitNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _organizations = new(StringComparer.Ordinal);

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
                    tree._parents.Add(resource);
                    accounts.Add(resource);
                    break;
                default:
                    tree._parents.Add(resource);
                    tree._unitNames[resource.Id] = resource.Name;
                    break;
            }
        }

        foreach (var account in accounts)
        {
            tree._organizations[account.Id] = organizations.TryGetValue(account.AccountId, out var id) ? id : "";
        }

        return tree;
    }

    /// <summary>The id of the organization that an account belongs to; null where none is known.</summary>
    public string? OrganizationOf(string accountId) => _organizations.TryGetValue(accountId, out var organization) ? organization : null;

    /// <summary>The units that an account lies in, from the root down, each by its path (<c>Root/Workloads/Prod</c>); empty where none is known.</summary>
    public IReadOnlyList<string> UnitsOf(string accountId)
    {
        var names = _parents.FromRoot(accountId).Where(_unitNames.ContainsKey).Select(unit => _unitNames[unit]).ToList();
        return [.. names.Select((_, depth) => string.Join("/", names.Take(depth + 1)))];
    }
}
