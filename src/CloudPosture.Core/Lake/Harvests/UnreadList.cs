namespace CloudPosture.Lake.Harvests;

/// <summary>A list that could not be read.</summary>
/// <param name="Type">The resource type.</param>
/// <param name="Region">The Region; <c>global</c> for those of every Region.</param>
public sealed record UnreadList(string Type, string Region);
