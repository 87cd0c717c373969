using System.Collections.Generic;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A policy of a preset's role.</summary>
internal sealed class PresetPolicy
{
    public string Name { get; set; } = "";

    /// <summary>True for what the catalog needs beside SecurityAudit.</summary>
    public bool LeastPrivilege { get; set; }

    public List<PresetStatement> Statements { get; set; } = [];
}
