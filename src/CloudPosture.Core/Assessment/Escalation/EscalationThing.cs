using System.Collections.Generic;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Escalation;

/// <summary>What exists and works with a role.</summary>
/// <param name="Type">Its type; null where the role is the service's own.</param>
/// <param name="Roles">Where its configuration names the role, or an instance profile.</param>
/// <param name="Trusts">The service that such roles trust.</param>
/// <param name="Pattern">The pattern of its ARN.</param>
internal sealed record EscalationThing(string? Type, IReadOnlyList<JsonPath> Roles, string? Trusts, string? Pattern);
