using System;
using System.Globalization;
using System.Management.Automation;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Tells while IAM is waited for: in a progress bar, and once in words.</summary>
internal sealed class WaitReport(PipelineWriter writer, string activity) : IProgress<RoleWait>
{
    private const int Bar = 2;

    public void Report(RoleWait value)
    {
        var bar = new ProgressRecord(Bar, activity, value.Reason) { SecondsRemaining = (int)(value.AtMost - value.Waited).TotalSeconds };
        if (value.IsOver)
        {
            bar.RecordType = ProgressRecordType.Completed;
        }
        else if (value.Waited == TimeSpan.Zero)
        {
            Tell(value);
        }

        writer.Progress(bar);
    }

    private void Tell(RoleWait value)
    {
        var seconds = value.AtMost.TotalSeconds.ToString("N0", CultureInfo.CurrentCulture);
        if (value.MayBeMistaken)
        {
            writer.Warning($"{value.Reason} If it was made a moment ago, that passes: it is tried again for {seconds} seconds. If it is misspelt, stop and correct it.");
        }
        else
        {
            writer.Verbose($"{value.Reason} It is tried again for up to {seconds} seconds.");
        }
    }
}
