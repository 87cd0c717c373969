using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Comparisons;

/// <summary>Takes a harvest, its id, a time or how long ago (<c>7d</c>) for a moment of the lake, and keeps it as text.</summary>
internal sealed class MomentTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PipelineValue.Bare(inputData) switch
        {
            PostureHarvest harvest => harvest.HarvestId,
            PSObject row when row.Properties["HarvestId"]?.Value is string id => id,
            DateTimeOffset time => Text(time),
            var value => SinceTextAttribute.TimeOf(value) switch
            {
                DateTime time => Text(new DateTimeOffset(time.ToUniversalTime())),
                var other => other,
            },
        };

    /// <summary>The moment that a text names.</summary>
    /// <exception cref="UnknownNameException">It is no harvest of the lake, and no time.</exception>
    public static LakeMoment MomentOf(string text, PostureLake lake)
    {
        if (lake.Harvests().Any(harvest => harvest.HarvestId == text))
        {
            return LakeMoment.Of(text);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? LakeMoment.At(time.ToUniversalTime())
            : throw UnknownNameException.Among("Harvest", text, [], $"Get-PostureHarvest lists those in '{lake.Path}'; a time is written like 2026-12-31 or 7d.");
    }

    private static string Text(DateTimeOffset time) => time.ToString("o", CultureInfo.InvariantCulture);
}
