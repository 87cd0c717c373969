using System.Collections.Generic;

namespace CloudPosture.Onboarding.Policies;

/// <summary>The resource types a rule reads.</summary>
/// <param name="RuleId">The rule's id.</param>
/// <param name="ResourceTypes">The types, as the catalog names them.</param>
public sealed record RuleNeed(string RuleId, IReadOnlyList<string> ResourceTypes);
