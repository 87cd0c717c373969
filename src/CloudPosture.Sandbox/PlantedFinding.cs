namespace CloudPosture.Sandbox;

/// <summary>A rule that must fail for a resource of the organization.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Region">The Region, or <c>global</c>.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="ResourceId">The resource's id as the catalog names it.</param>
public sealed record PlantedFinding(string AccountId, string Region, string RuleId, string ResourceId);
