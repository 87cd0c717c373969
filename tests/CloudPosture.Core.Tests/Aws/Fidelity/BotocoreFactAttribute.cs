namespace CloudPosture.Tests.Aws.Fidelity;

/// <summary>A test that needs botocore; it says so where that is not installed.</summary>
public sealed class BotocoreFactAttribute : FactAttribute
{
    public BotocoreFactAttribute()
    {
        if (!Python.HasBotocore)
        {
            Skip = "python3 has no botocore here: our answers are not compared with those of an independent client.";
        }
    }
}
