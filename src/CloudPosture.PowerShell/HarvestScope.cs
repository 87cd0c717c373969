using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell;

/// <summary>Which part of what was harvested is asked for.</summary>
internal sealed record HarvestScope
{
    private const string Everywhere = "*";

    /// <summary>One harvest; null for the latest of each account and service.</summary>
    public required string? HarvestId { get; init; }

    public required NameFilter Services { get; init; }

    public required NameFilter Accounts { get; init; }

    public required NameFilter Regions { get; init; }

    public required NameFilter Connections { get; init; }

    /// <summary>The object of the pipeline; null where there is none.</summary>
    public required PipelineItem? Input { get; init; }

    /// <summary>Whether something lies within. What belongs to every Region lies in each.</summary>
    public bool Admits(string accountId, string accountName, string region, string connection) =>
        Accounts.AdmitsAny(accountId, accountName)
        && (region == Everywhere || Regions.Admits(region))
        && Connections.Admits(connection);
}
