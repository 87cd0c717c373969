using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Differences;

/// <summary>A resource, or one member of it, that two moments of the lake tell differently.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Resource">The resource as it is known last.</param>
/// <param name="Member">The member (<c>Versioning.Status</c>, <c>Tags.Stage</c>, <c>Policy.Statement[AllowAll].Effect</c>); empty for the resource as a whole.</param>
/// <param name="Before">What the member was; null for nothing.</param>
/// <param name="After">What it is; null for nothing.</param>
public sealed record ResourceDifference(ResourceChange Change, Resource Resource, string Member, string? Before, string? After);
