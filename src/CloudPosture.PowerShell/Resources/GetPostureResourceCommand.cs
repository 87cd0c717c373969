using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Paths;
using CloudPosture.Graph;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Comparisons;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Gaps;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Resources;

/// <summary>Gets harvested resources.</summary>
[Cmdlet(VerbsCommon.Get, "PostureResource")]
[OutputType(typeof(PostureResource))]
public sealed class GetPostureResourceCommand : HarvestedCmdlet
{
    private readonly Dictionary<string, string> _names = [];

    /// <summary>CloudFormation types.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceTypeCompleter))]
    public string[]? ResourceType { get; set; }

    /// <summary>Ids, names or ARNs.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceId", "ResourceArn", "ResourceName", "Id", "Arn", "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[]? Resource { get; set; }

    private protected override IReadOnlyCollection<Type> Joins { get; } =
    [
        typeof(PostureHarvest), typeof(PostureConnectionInfo), typeof(PostureAccountSummary), typeof(PostureOperationStatistics),
        typeof(PostureResource), typeof(PostureGap), typeof(PostureRule), typeof(Finding), typeof(PostureFindingChange), typeof(PostureResourceChange),
        typeof(PostureExposure), typeof(PosturePath),
    ];

    /// <inheritdoc/>
    private protected override void OnRecord(HarvestScope scope)
    {
        var types = Filter(nameof(ResourceType), ResourceType).RefuseUnknownTypes();

        // A connection's name is no resource's.
        var resources = scope.Input?.Is<PostureConnectionInfo>() == true && !IsTyped(nameof(Resource)) ? new NameFilter(null) : Filter(nameof(Resource), Resource);
        var lake = OpenLake();
        var isFound = false;
        foreach (var resource in lake.ReadResources(Query(scope, types, resources)))
        {
            if (types.Admits(resource.Type) && scope.Admits(resource.AccountId, AccountName(lake, scope, resource), resource.Region, resource.Connection)
                && resources.AdmitsAny(resource.Id, resource.Name, resource.Arn))
            {
                isFound = true;
                WriteObject(new PostureResource(resource));
            }
        }

        if (!isFound)
        {
            WarnOfUnread(scope, types);
        }

        if (!isFound && IsTyped(nameof(Resource)))
        {
            resources.RefuseUnknownResources(lake);
        }
    }

    private static ResourceQuery Query(HarvestScope scope, NameFilter types, NameFilter resources) => new()
    {
        HarvestId = scope.HarvestId,
        Types = types.Exactly,
        Ids = resources.Exactly,
        Services = scope.Services.Among(KnownNames.AllServices),
        AccountIds = scope.Accounts.Exactly is { } accounts && accounts.All(AccountIds.IsValid) ? accounts : null,
        Regions = scope.Regions.Exactly,
        Connections = scope.Connections.Exactly,
    };

    // Records do not carry the name; it is looked up only where a filter may ask for it.
    private string AccountName(PostureLake lake, HarvestScope scope, Resource resource)
    {
        if (scope.Accounts.AdmitsAll)
        {
            return "";
        }

        if (!_names.TryGetValue(resource.AccountId, out var name))
        {
            _names[resource.AccountId] = name = lake.LatestAccount(resource.AccountId)?.AccountName ?? "";
        }

        return name;
    }
}
