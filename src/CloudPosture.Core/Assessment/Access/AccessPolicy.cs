namespace CloudPosture.Assessment.Access;

/// <summary>A policy by its name.</summary>
/// <param name="Name">What answers call it: an ARN, or the name of an inline policy.</param>
/// <param name="Document">The document's JSON; null where it was not read.</param>
public sealed record AccessPolicy(string Name, string? Document);
