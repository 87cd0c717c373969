namespace CloudPosture.Onboarding.Roles;

/// <summary>A policy of the account's own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">Its JSON.</param>
public sealed record NamedPolicy(string Name, string Document);
