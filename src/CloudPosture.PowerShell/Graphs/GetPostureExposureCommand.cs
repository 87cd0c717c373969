using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Graph;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Paths;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Gaps;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Resources;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>Gets what can be reached from the Internet or from elsewhere, by which path, and what stops the rest.</summary>
[Cmdlet(VerbsCommon.Get, "PostureExposure")]
[OutputType(typeof(PostureExposure))]
public sealed class GetPostureExposureCommand : HarvestedCmdlet
{
    private const string Network = "ec2";
    private readonly Dictionary<string, ExposureReport> _reports = new(StringComparer.Ordinal);

    /// <summary>CloudFormation types.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceTypeCompleter))]
    public string[]? ResourceType { get; set; }

    /// <summary>Ids or ARNs.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "ResourceId", "Arn", "Id")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[]? Resource { get; set; }

    /// <summary>From where.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PathOriginCompleter))]
    public string From { get; set; } = "Internet";

    /// <summary>Degrees.</summary>
    [Parameter]
    [Choice(typeof(ExposureDegree))]
    public ExposureDegree[]? Degree { get; set; }

    private protected override IReadOnlyCollection<Type> Joins { get; } =
    [
        typeof(PostureHarvest), typeof(PostureConnectionInfo), typeof(PostureAccountSummary), typeof(PostureOperationStatistics),
        typeof(PostureResource), typeof(PostureGap), typeof(PostureRule), typeof(Finding), typeof(PostureRelation), typeof(PostureExposure),
    ];

    /// <inheritdoc/>
    private protected override void OnRecord(HarvestScope scope)
    {
        var types = Filter(nameof(ResourceType), ResourceType).RefuseUnknownTypes();
        var resources = scope.Input?.Is<PostureConnectionInfo>() == true && !IsTyped(nameof(Resource)) ? new NameFilter(null) : Filter(nameof(Resource), Resource);
        var lake = OpenLake();
        var accounts = lake.LatestAccounts().ToDictionary(account => account.AccountId, account => (account.AccountName, account.Connection), StringComparer.Ordinal);
        var isFound = false;
        foreach (var exposure in Exposures(lake, scope.HarvestId))
        {
            StopToken.ThrowIfCancellationRequested();
            var (name, connection) = accounts.TryGetValue(exposure.AccountId, out var account) ? account : ("", "");
            if (types.Admits(exposure.ResourceType) && resources.AdmitsAny(exposure.ResourceId, exposure.ResourceArn, exposure.InterfaceId) && IsOfService(scope, exposure)
                && scope.Admits(exposure.AccountId, name, exposure.Region, connection) && Degree?.Contains(exposure.Degree) != false)
            {
                isFound = true;
                WriteObject(exposure);
            }
        }

        if (!isFound)
        {
            WarnOfUnread(scope, types);
        }

        WarnOfUnread(types.AdmitsAll && scope.Services.AdmitsAll ? [Network] : []);

        if (!isFound && IsTyped(nameof(Resource)))
        {
            resources.RefuseUnknownResources(lake);
        }
    }

    private IEnumerable<PostureExposure> Exposures(PostureLake lake, string? harvestId)
    {
        if (!_reports.TryGetValue(harvestId ?? "", out var report))
        {
            _reports[harvestId ?? ""] = report = ExposureReport.Read(lake, harvestId, cancellationToken: StopToken);
        }

        try
        {
            return report.From(From);
        }
        catch (FormatException problem)
        {
            throw new ArgumentException(problem.Message, problem);
        }
    }

    private static bool IsOfService(HarvestScope scope, PostureExposure exposure) =>
        scope.Services.AdmitsAll || (KnownNames.ServiceOfType(exposure.ResourceType) is { } service && scope.Services.Admits(service));
}
