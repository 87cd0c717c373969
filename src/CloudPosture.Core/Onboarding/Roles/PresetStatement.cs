using System.Collections.Generic;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A statement of a preset's policy.</summary>
internal sealed class PresetStatement
{
    public List<string> Actions { get; set; } = [];

    public string Resource { get; set; } = "*";
}
