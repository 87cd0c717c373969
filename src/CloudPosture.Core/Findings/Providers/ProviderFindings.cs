using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Providers;

/// <summary>The findings of AWS's own detectors that a lake holds, joined with the resources that were harvested.</summary>
/// <param name="lake">The lake.</param>
/// <param name="catalog">What tells which they are.</param>
public sealed class ProviderFindings(PostureLake lake, ServiceCatalog catalog)
{
    /// <summary>
    /// Streams findings, read several times over: what they are about is looked up in between, so that no more than the names of
    /// these things is kept in memory.
    /// </summary>
    /// <param name="providers">The detectors (<c>GuardDuty</c>).</param>
    /// <param name="harvestId">One harvest; null for the latest of each account and detector.</param>
    /// <param name="accountIds">Accounts, 12 digits each; null for all.</param>
    /// <returns>The findings, account by account.</returns>
    public IEnumerable<Finding> Read(IReadOnlyCollection<string> providers, string? harvestId = null, IReadOnlyCollection<string>? accountIds = null)
    {
        var entries = Entries(providers).ToList();
        var forms = entries
            .SelectMany(entry => entry.Resources.Where(type => type.Finding is not null), (entry, type) => (entry, type))
            .ToDictionary(pair => pair.type.Type, pair => (Entry: pair.entry, Form: pair.type.Finding!), StringComparer.Ordinal);
        var query = new ResourceQuery { HarvestId = harvestId, AccountIds = accountIds, Services = [.. entries.Select(entry => entry.Name)], Types = [.. forms.Keys] };
        IEnumerable<ProviderRecord> Records() => lake.ReadResources(query)
            .Where(resource => forms.ContainsKey(resource.Type))
            .Select(resource => new ProviderRecord(forms[resource.Type].Entry, forms[resource.Type].Form, resource));
        var things = new KnownThings();
        var isAny = false;
        foreach (var record in Records())
        {
            isAny = true;
            foreach (var text in record.About())
            {
                things.Want(record.AccountId, text);
            }
        }

        if (!isAny)
        {
            yield break;
        }

        foreach (var resource in lake.ReadResources(new ResourceQuery { AccountIds = accountIds, Services = [.. catalog.Names] }))
        {
            things.Look(resource);
        }

        foreach (var record in Records())
        {
            yield return record.ToFinding(things, catalog);
        }
    }

    /// <summary>Those of the detectors of which no account's findings were ever asked for.</summary>
    /// <param name="providers">The detectors.</param>
    public IReadOnlyList<string> NeverRead(IReadOnlyCollection<string> providers)
    {
        var accounts = lake.LatestAccounts().ToList();
        return [.. Entries(providers).Where(entry => !accounts.Exists(account => account.WasHarvested(entry.Name))).Select(entry => entry.Provider!)];
    }

    private IEnumerable<ServiceEntry> Entries(IReadOnlyCollection<string> providers) =>
        catalog.Providers.Where(entry => providers.Contains(entry.Provider!, StringComparer.OrdinalIgnoreCase));
}
