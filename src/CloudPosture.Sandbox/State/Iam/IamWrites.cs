using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>Roles, policies and instance profiles written while the sandbox runs, over what is generated; null stands for what was deleted.</summary>
internal sealed class IamWrites
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> _roles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> _policies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> _profiles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _misses = new(StringComparer.Ordinal);

    /// <summary>Serialises writes, so that each is whole.</summary>
    public Lock Gate { get; } = new();

    /// <summary>How often a new role cannot be assumed yet, because IAM has not told STS of it.</summary>
    public int AttemptsToPropagate { get; init; }

    /// <summary>How often a change of a new role does not find it, because IAM has not spread it.</summary>
    public int AttemptsToAppear { get; init; }

    /// <summary>The role as it was written; null where it was not, or was deleted.</summary>
    public JsonObject? Role(string account, string name) => Find(_roles, account, name);

    /// <summary>True where the generated role of that name no longer counts.</summary>
    public bool IsRoleWritten(string account, string name) => IsIn(_roles, account, name);

    public bool HasRoles(string account) => _roles.ContainsKey(account);

    public void PutRole(string account, string name, JsonObject role) => Of(_roles, account)[name] = role;

    public void RemoveRole(string account, string name) => Of(_roles, account)[name] = null;

    public IReadOnlyList<JsonNode> Roles(string account) => List(_roles, account);

    /// <summary>The policy as it was written; null where it was not, or was deleted.</summary>
    public JsonObject? Policy(string arn) => Find(_policies, AccountOf(arn), arn);

    /// <summary>True where the generated policy of that ARN no longer counts.</summary>
    public bool IsPolicyWritten(string arn) => IsIn(_policies, AccountOf(arn), arn);

    public bool HasPolicies(string account) => _policies.ContainsKey(account);

    public void PutPolicy(string arn, JsonObject policy) => Of(_policies, AccountOf(arn))[arn] = policy;

    public void RemovePolicy(string arn) => Of(_policies, AccountOf(arn))[arn] = null;

    public IReadOnlyList<JsonNode> Policies(string account) => List(_policies, account);

    /// <summary>The instance profile as it was written; null where it was not, or was deleted.</summary>
    public JsonObject? Profile(string account, string name) => Find(_profiles, account, name);

    /// <summary>True where the generated instance profile of that name no longer counts.</summary>
    public bool IsProfileWritten(string account, string name) => IsIn(_profiles, account, name);

    public void PutProfile(string account, string name, JsonObject profile) => Of(_profiles, account)[name] = profile;

    public void RemoveProfile(string account, string name) => Of(_profiles, account)[name] = null;

    /// <summary>Counts an attempt to change a written role.</summary>
    /// <returns>True while IAM does not find the role.</returns>
    public bool IsAppearing(string roleId) => AttemptsToAppear > 0 && _misses.AddOrUpdate(roleId, 1, (_, misses) => misses + 1) <= AttemptsToAppear;

    /// <summary>Counts an attempt to assume a written role.</summary>
    /// <returns>True while STS does not know the role.</returns>
    public bool IsPropagating(string roleId) => AttemptsToPropagate > 0 && _refusals.AddOrUpdate(roleId, 1, (_, refusals) => refusals + 1) <= AttemptsToPropagate;

    private static string AccountOf(string arn) => arn.Split(':') is { Length: > 4 } parts ? parts[4] : "";

    private static JsonObject? Find(ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> entities, string account, string name) =>
        entities.GetValueOrDefault(account)?.GetValueOrDefault(name);

    private static bool IsIn(ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> entities, string account, string name) =>
        entities.GetValueOrDefault(account)?.ContainsKey(name) == true;

    // IAM's names differ without regard to case.
    private static ConcurrentDictionary<string, JsonObject?> Of(ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> entities, string account) =>
        entities.GetOrAdd(account, _ => new ConcurrentDictionary<string, JsonObject?>(StringComparer.OrdinalIgnoreCase));

    private static IReadOnlyList<JsonNode> List(ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject?>> entities, string account) =>
        [.. (entities.GetValueOrDefault(account) ?? [])
            .Where(entity => entity.Value is not null)
            .OrderBy(entity => entity.Key, StringComparer.Ordinal)
            .Select(entity => entity.Value!.DeepClone())];
}
