using System.Text.Json.Nodes;

namespace CloudPosture.Onboarding.Roles;

/// <summary>The call that takes a change back.</summary>
internal sealed record RoleUndo(string Operation, JsonObject Input);
