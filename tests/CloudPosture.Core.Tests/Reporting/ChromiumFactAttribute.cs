using System;

namespace CloudPosture.Tests.Reporting;

/// <summary>A test that looks at a page in a real browser, where there is one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Makes the attribute.</summary>
    public ChromiumFactAttribute()
    {
        if (Chromium.Program is null)
        {
            Skip = "There is no Chromium on this machine.";
        }
    }
}
