namespace CloudPosture.Tests.Reporting;

/// <summary>A test that lets the SARIF Multitool judge; it says so where that cannot be installed.</summary>
public sealed class SarifMultitoolFactAttribute : FactAttribute
{
    public SarifMultitoolFactAttribute()
    {
        if (!SarifMultitool.IsHere)
        {
            Skip = "npm is not here or could not install the SARIF Multitool: SARIF is judged by our own tests alone.";
        }
    }
}
