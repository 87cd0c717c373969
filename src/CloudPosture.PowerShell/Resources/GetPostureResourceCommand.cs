using System.Management.Automation;
using CloudPosture.Catalog;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Resources;

/// <summary>Gets harvested resources.</summary>
[Cmdlet(VerbsCommon.Get, "PostureResource")]
[OutputType(typeof(PostureResource))]
public sealed class GetPostureResourceCommand : LakeCmdlet
{
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
    public string[]? Resource { get; set; }

    /// <summary>Services of the catalog.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Accounts, by id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>Regions, or <c>global</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>Connections the resources were read through.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>A harvest from Get-PostureHarvest.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PostureHarvest? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var types = new NameFilter(ResourceType);
        var resources = new NameFilter(Resource);
        var services = new NameFilter(Service).RefuseUnknownServices();
        var accounts = new NameFilter(Account);
        var regions = new NameFilter(Region).RefuseUnknownRegions();
        var connections = new NameFilter(Connection);
        var query = new ResourceQuery
        {
            HarvestId = InputObject?.HarvestId ?? HarvestId,
            Types = types.Exactly,
            Ids = resources.Exactly,
            Services = services.Among(ServiceCatalog.Default.Names),
            AccountIds = accounts.Exactly,
            Regions = regions.Exactly,
            Connections = connections.Exactly,
        };
        foreach (var resource in OpenLake().ReadResources(query))
        {
            if (types.Admits(resource.Type) && accounts.Admits(resource.AccountId) && regions.Admits(resource.Region)
                && connections.Admits(resource.Connection) && resources.AdmitsAny(resource.Id, resource.Name, resource.Arn))
            {
                WriteObject(new PostureResource(resource));
            }
        }
    }
}
