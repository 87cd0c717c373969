using System;
using CloudPosture.Harvest;

namespace CloudPosture.Tests.Harvest;

/// <summary>Hears progress at once, as it is told.</summary>
/// <param name="hear">What is done with each; one at a time.</param>
internal sealed class ProgressListener(Action<HarvestProgress> hear) : IProgress<HarvestProgress>
{
    public void Report(HarvestProgress value)
    {
        lock (hear)
        {
            hear(value);
        }
    }
}
