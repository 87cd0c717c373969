namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>A test that reads Terraform's language with HashiCorp's parser; it says so where that cannot be installed.</summary>
public sealed class HclFactAttribute : FactAttribute
{
    public HclFactAttribute()
    {
        if (!Hcl.IsHere)
        {
            Skip = "npm is not here or could not install HashiCorp's parser: what the Terraform files say is not checked.";
        }
    }
}
