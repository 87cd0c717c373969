using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CloudPosture.Sandbox.State;

/// <summary>Roles and policies written while the sandbox runs, over what is generated.</summary>
internal sealed class IamWrites
{
    private readonly ConcurrentDictionary<(string Account, string Name), JsonObject> _roles = new();
    private readonly ConcurrentDictionary<string, JsonObject> _policies = new(StringComparer.Ordinal);

    /// <summary>Serialises writes, so that each is whole.</summary>
    public System.Threading.Lock Gate { get; } = new();

    public JsonObject? Role(string account, string name) => _roles.GetValueOrDefault((account, Key(name)));

    public void PutRole(string account, string name, JsonObject role) => _roles[(account, Key(name))] = role;

    public void RemoveRole(string account, string name) => _roles.TryRemove((account, Key(name)), out _);

    public IReadOnlyList<JsonNode> Roles(string account) =>
        [.. _roles.Where(pair => pair.Key.Account == account).OrderBy(pair => pair.Key.Name, StringComparer.Ordinal).Select(pair => pair.Value.DeepClone())];

    public JsonObject? Policy(string arn) => _policies.GetValueOrDefault(arn);

    public void PutPolicy(string arn, JsonObject policy) => _policies[arn] = policy;

    public void RemovePolicy(string arn) => _policies.TryRemove(arn, out _);

    public IReadOnlyList<JsonNode> Policies(string account) =>
        [.. _policies.Where(pair => pair.Key.Contains($"::{account}:", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.DeepClone())];

    // Role names differ without regard to case.
    private static string Key(string name) => name.ToUpperInvariant();
}
