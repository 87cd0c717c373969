using System.Collections.Generic;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role of a preset.</summary>
internal sealed class PresetRole
{
    public RolePart Part { get; set; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public List<string> Trust { get; set; } = [];

    public List<string> ManagedPolicies { get; set; } = [];

    /// <summary>What is attached too where Amazon Inspector is to be read.</summary>
    public List<string> InspectorPolicies { get; set; } = [];

    public PresetPolicy? CustomPolicy { get; set; }

    public PresetPolicy? InlinePolicy { get; set; }
}
