namespace CloudPosture.Onboarding.Roles;

/// <summary>A policy of the account's own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">Its JSON.</param>
public sealed record NamedPolicy(string Name, string Document)
{
    /// <summary>What it was called before its name followed the role's; null where it was always called so.</summary>
    internal string? FormerName { get; init; }

    /// <summary>The JSON with <c>{partition}</c> where it names the partition; null where it is the same in each.</summary>
    internal string? Pattern { get; init; }

    internal NamedPolicy In(string partition) => Pattern is null ? this : this with { Document = PartitionPattern.Fill(Pattern, partition) };
}
