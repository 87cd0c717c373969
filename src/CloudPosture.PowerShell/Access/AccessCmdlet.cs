using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Access;

/// <summary>The base of cmdlets that judge all accounts of the lake together, since rights reach from one into another.</summary>
public abstract class AccessCmdlet : LakeCmdlet
{
    private const string Identities = "iam";
    private const int MostNamed = 5;

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <inheritdoc/>
    protected sealed override void OnBegin() => WarnOfNothing();

    /// <summary>The accounts that are judged.</summary>
    private protected IReadOnlyList<IAccountSnapshot> Snapshots()
    {
        var lake = OpenLake();
        WarnOfUnread([Identities]);
        if (HarvestId is not { } id)
        {
            return [.. lake.LatestAccounts()];
        }

        PostureLake.CheckId(id);
        return lake.FindHarvest(id) is not null
            ? [.. lake.Accounts(id)]
            : throw UnknownNameException.Among("Harvest", id, lake.Harvests().Select(harvest => harvest.HarvestId), $"Get-PostureHarvest lists those in '{lake.Path}'.");
    }

    /// <summary>Reads an account's resources of some types, and nothing else.</summary>
    private protected IEnumerable<Resource> Read(IAccountSnapshot account, IReadOnlyList<string> types) =>
        OpenLake().ReadResources(new ResourceQuery { HarvestId = HarvestId, AccountIds = [account.AccountId], Types = types });

    /// <summary>Says where answers may allow too much, since nobody read what an organization forbids.</summary>
    private protected void WarnOfControl(IReadOnlyList<string> accounts)
    {
        if (accounts.Count > 0)
        {
            WriteWarning($"The organization's control policies are not in the lake for {string.Join(", ", accounts.Take(MostNamed))}{(accounts.Count > MostNamed ? $" and {accounts.Count - MostNamed} more" : "")}, so that what they forbid counts as allowed. Harvest the service organizations of the management account.");
        }
    }

    /// <summary>The ARN of a user, role or resource that was given by its ARN, name or id.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="types">The types it may be of; null for any.</param>
    private protected string ArnOf(string given, IReadOnlyList<string>? types)
    {
        if (given.Length == 0)
        {
            throw new UnknownNameException("ResourceNotFound", "", "The object names no resource: its ARN is empty.");
        }

        if (given.StartsWith("arn:", StringComparison.Ordinal))
        {
            return given;
        }

        var found = OpenLake()
            .ReadResources(new ResourceQuery { HarvestId = HarvestId, Types = types, Ids = [given] })
            .Select(resource => resource.Arn)
            .Distinct(StringComparer.Ordinal).ToList();
        if (found.Count == 0)
        {
            new NameFilter([WildcardPattern.Escape(given)]).RefuseUnknownResources(OpenLake());
        }

        return found.Count == 1 ? found[0] : throw new UnknownNameException("NameAmbiguous", given, $"'{given}' is the name of {found.Count} resources. Give the ARN: {string.Join(", ", found.Take(MostNamed))}.");
    }
}
