using System.Management.Automation;
using CloudPosture.Catalog;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Resources;

/// <summary>Gets harvested resources.</summary>
[Cmdlet(VerbsCommon.Get, "PostureResource")]
[OutputType(typeof(PostureResource))]
public sealed class GetPostureResourceCommand : HarvestedCmdlet
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
