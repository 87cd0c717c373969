namespace CloudPosture.Tests.Reporting;

/// <summary>A test that lets axe judge a page in a browser; it says so where either is not here.</summary>
public sealed class AxeFactAttribute : FactAttribute
{
    public AxeFactAttribute()
    {
        if (Chromium.Program is null || AccessibilityTests.Axe is null)
        {
            Skip = "Chromium is not here, or npm could not install axe: contrast, names and roles of the HTML report are not judged.";
        }
    }
}
