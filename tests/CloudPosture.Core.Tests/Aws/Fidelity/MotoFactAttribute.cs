namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>A test that needs moto's server; it says so where that is not installed.</summary>
public sealed class MotoFactAttribute : FactAttribute
{
    public MotoFactAttribute()
    {
        if (!Python.HasMoto)
        {
            Skip = "python3 has no moto here: our client is not run against an independent server.";
        }
    }
}
