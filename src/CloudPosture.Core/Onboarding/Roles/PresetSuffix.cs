namespace CloudPosture.Onboarding.Roles;

/// <summary>The part of a role's name that the user gives.</summary>
internal sealed class PresetSuffix
{
    public int Longest { get; set; }

    public string What { get; set; } = "";
}
