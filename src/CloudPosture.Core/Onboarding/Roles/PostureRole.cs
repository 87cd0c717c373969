using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role as it is in an account.</summary>
public sealed record PostureRole
{
    /// <summary>The name.</summary>
    public required string RoleName { get; init; }

    /// <summary>The ARN.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What must be said to assume it; null for nothing.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Who may assume it: ARNs and services.</summary>
    public IReadOnlyList<string> TrustedPrincipals { get; init; } = [];

    /// <summary>The ARNs of the managed policies attached to it.</summary>
    public IReadOnlyList<string> ManagedPolicyArns { get; init; } = [];

    /// <summary>The names of the policies inside it.</summary>
    public IReadOnlyList<string> InlinePolicyNames { get; init; } = [];

    /// <summary>The names of the instance profiles through which EC2 instances use it; null where the caller may not ask.</summary>
    public IReadOnlyList<string>? InstanceProfileNames { get; init; } = [];

    /// <summary>The longest session in seconds.</summary>
    public int MaxSessionDuration { get; init; }

    /// <summary>When it was created; null where AWS does not say.</summary>
    public DateTimeOffset? CreateDate { get; init; }

    /// <summary>What became of it.</summary>
    public RoleOutcome Outcome { get; init; }

    /// <summary>What was changed, or for a drifted role, what differs.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Whether it could be assumed after its creation; null where the caller is none of those it trusts.</summary>
    public bool? Assumable { get; init; }

    internal static PostureRole From(RoleState state)
    {
        var role = state.Role;
        var statements = (role["AssumeRolePolicyDocument"]?["Statement"] switch
        {
            JsonArray list => list,
            { } single => new JsonArray(single.DeepClone()),
            null => [],
        }).OfType<JsonObject>().Where(statement => (string?)statement["Effect"] == "Allow").ToList();
        return new PostureRole
        {
            RoleName = (string)role["RoleName"]!,
            RoleArn = (string)role["Arn"]!,
            AccountId = ((string)role["Arn"]!).Split(':')[4],
            ExternalId = statements.SelectMany(ExternalIds).FirstOrDefault(),
            TrustedPrincipals = [.. statements.SelectMany(Principals).Distinct()],
            ManagedPolicyArns = state.AttachedArns,
            InlinePolicyNames = [.. state.InlinePolicies.Keys],
            InstanceProfileNames = state.InstanceProfiles is null ? null : [.. state.InstanceProfiles.Select(profile => (string)profile["InstanceProfileName"]!)],
            MaxSessionDuration = (int?)role["MaxSessionDuration"] ?? 3600,
            CreateDate = (string?)role["CreateDate"] is { } created ? DateTimeOffset.Parse(created, CultureInfo.InvariantCulture) : null,
        };
    }

    private static IEnumerable<string> Principals(JsonObject statement) => statement["Principal"] switch
    {
        JsonObject kinds => kinds.SelectMany(kind => Texts(kind.Value)),
        var other => Texts(other),
    };

    private static IEnumerable<string> ExternalIds(JsonObject statement) =>
        from test in statement["Condition"] as JsonObject ?? []
        where test.Key.StartsWith("StringEquals", StringComparison.OrdinalIgnoreCase)
        from key in test.Value as JsonObject ?? []
        where string.Equals(key.Key, "sts:ExternalId", StringComparison.OrdinalIgnoreCase)
        from value in Texts(key.Value)
        select value;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
