using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Gaps;

/// <summary>Gets what harvests should have read and could not.</summary>
[Cmdlet(VerbsCommon.Get, "PostureGap")]
[OutputType(typeof(PostureGap))]
public sealed class GetPostureGapCommand : HarvestedCmdlet
{
    private const string Everything = "*";

    /// <summary>CloudFormation types.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceTypeCompleter))]
    public string[]? ResourceType { get; set; }

    /// <summary>Reasons.</summary>
    [Parameter]
    public GapReason[]? Reason { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var types = new NameFilter(ResourceType);
        var services = new NameFilter(Service).RefuseUnknownServices();
        var accounts = new NameFilter(Account);
        var regions = new NameFilter(Region).RefuseUnknownRegions();
        var connections = new NameFilter(Connection);
        foreach (var gap in OpenLake().ReadAllGaps(InputObject?.HarvestId ?? HarvestId).Select(PostureGap.From))
        {
            if (IsOfType(types, gap) && services.Admits(gap.Service) && accounts.AdmitsAny(gap.AccountId, gap.AccountName)
                && (regions.Admits(gap.Region) || gap.Region == Everything) && connections.Admits(gap.Connection) && Reason?.Contains(gap.Reason) != false)
            {
                WriteObject(gap);
            }
        }
    }

    // A service that was not read at all lacks each of its types, in each Region.
    private static bool IsOfType(NameFilter types, PostureGap gap) =>
        types.Admits(gap.ResourceType)
        || (gap.ResourceType == Everything && types.AdmitsAny(Catalog.ServiceCatalog.Default.Service(gap.Service).Resources.Select(resource => resource.Type)));
}
