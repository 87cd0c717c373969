using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Resources;
using CloudPosture.PowerShell.Rules;

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
    [Choice(typeof(GapReason))]
    public GapReason[]? Reason { get; set; }

    private protected override IReadOnlyCollection<Type> Joins { get; } =
    [
        typeof(PostureHarvest), typeof(PostureConnectionInfo), typeof(PostureAccountSummary), typeof(PostureOperationStatistics),
        typeof(PostureResource), typeof(PostureGap), typeof(PostureRule), typeof(Finding),
    ];

    /// <inheritdoc/>
    private protected override void OnRecord(HarvestScope scope)
    {
        var types = Filter(nameof(ResourceType), ResourceType).RefuseUnknownTypes();
        var isFound = false;
        foreach (var gap in OpenLake().ReadAllGaps(scope.HarvestId).Select(PostureGap.From))
        {
            if (IsOfType(types, gap) && scope.Services.Admits(gap.Service) && scope.Admits(gap.AccountId, gap.AccountName, gap.Region, gap.Connection) && Reason?.Contains(gap.Reason) != false)
            {
                isFound = true;
                WriteObject(gap);
            }
        }

        if (!isFound)
        {
            WarnOfUnread(scope, types);
        }
    }

    // A service that was not read at all lacks each of its types, in each Region.
    private static bool IsOfType(NameFilter types, PostureGap gap) =>
        types.Admits(gap.ResourceType)
        || (gap.ResourceType == Everything && types.AdmitsAny(ModuleFolder.Catalog.Service(gap.Service).Resources.Select(resource => resource.Type)));
}
