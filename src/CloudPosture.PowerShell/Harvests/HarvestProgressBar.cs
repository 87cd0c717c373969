using System;
using System.Globalization;
using System.Management.Automation;
using CloudPosture.Harvest;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Shows a harvest's progress as Write-Progress does.</summary>
internal sealed class HarvestProgressBar(PipelineWriter writer) : IProgress<HarvestProgress>
{
    private const int ActivityId = 1;
    private const string Activity = "Harvesting AWS";

    public void Report(HarvestProgress value)
    {
        try
        {
            if (value.Finished is { } resources)
            {
                writer.Verbose($"Account {value.AccountId}: {value.Service} is read, {resources:N0} resources.");
            }

            if (value.Wait is not null)
            {
                writer.Verbose($"Account {value.AccountId} {value.Wait}.");
            }

            writer.Progress(new ProgressRecord(ActivityId, Activity, Describe(value))
            {
                CurrentOperation = $"{value.AccountId} {value.Wait ?? value.Service}",
                PercentComplete = value.Services == 0 ? 0 : Math.Min(100, 100 * value.ServicesDone / value.Services),
                SecondsRemaining = value.Remaining is { } remaining ? (int)remaining.TotalSeconds : -1,
            });
        }
        catch (OperationCanceledException)
        {
            // The pipeline has ended: nobody looks any more.
        }
    }

    public void Complete() => writer.Progress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });

    // A bar in 80 columns holds some 55 characters: what matters comes first, and what is cut off is what is missed least.
    private static string Describe(HarvestProgress value) => string.Format(
        CultureInfo.CurrentCulture,
        "{0:N0}/{1:N0} accounts, {2:N0}/{3:N0} services, {4}{5:N0} resources, {6:N0} calls ({7:N0}/s)",
        value.AccountsDone, value.Accounts, value.ServicesDone, value.Services, Throttled(value.Throttled), value.Resources, value.Calls, value.CallsPerSecond);

    private static string Throttled(long calls) => calls == 0 ? "" : $"{calls:N0} throttled, ";
}
