using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Access;

/// <summary>The service and resource control policies of organizations, for each account level by level.</summary>
internal sealed class ControlPolicies
{
    private const string OfServices = "SERVICE_CONTROL_POLICY";
    private const string OfResources = "RESOURCE_CONTROL_POLICY";

    private readonly OrganizationParents _parents = new();
    private readonly Dictionary<(string Target, string Kind), List<AccessPolicy>> _attached = [];
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);

    /// <summary>The types that they are read from.</summary>
    public static IReadOnlyList<string> Types { get; } = [OrganizationTypes.Organization, OrganizationTypes.Root, OrganizationTypes.Unit, OrganizationTypes.Account, OrganizationTypes.Policy];

    /// <summary>Takes in what one account holds of its organization; members hold nothing of it.</summary>
    public void Add(IdentityAccount account)
    {
        foreach (var place in Of(account, OrganizationTypes.Root)
            .Concat(Of(account, OrganizationTypes.Unit))
            .Concat(Of(account, OrganizationTypes.Account)))
        {
            _parents.Add(place);
            if (place.Type == OrganizationTypes.Account)
            {
                _accounts.Add(place.Id);
            }
        }

        foreach (var policy in Of(account, OrganizationTypes.Policy).OrderBy(policy => policy.Id, StringComparer.Ordinal))
        {
            if (policy.Configuration.Text("Type") is not { } kind || kind is not (OfServices or OfResources))
            {
                continue;
            }

            var content = policy.Configuration.Member("Content") is { ValueKind: not JsonValueKind.Null } json ? PolicyDocument.Parse(json) : null;
            var read = AccessPolicy.Of(policy.Name, content?.Statements);
            foreach (var target in policy.Configuration.Items("Targets").Select(target => target.Text("TargetId")).OfType<string>())
            {
                if (!_attached.TryGetValue((target, kind), out var list))
                {
                    _attached[(target, kind)] = list = [];
                }

                list.Add(read);
            }
        }
    }

    /// <summary>Whether the place of an account in its organization was read.</summary>
    public bool Knows(string accountId) => _accounts.Contains(accountId);

    /// <summary>What the account's own identities may do at most.</summary>
    public IReadOnlyList<IReadOnlyList<AccessPolicy>> OfIdentities(string accountId) => Levels(accountId, OfServices);

    /// <summary>What may be done at most with the account's resources, by whomever.</summary>
    public IReadOnlyList<IReadOnlyList<AccessPolicy>> OnResources(string accountId) => Levels(accountId, OfResources);

    // A level without policies is one where this kind is switched off: where it is on, each level has one.
    private IReadOnlyList<IReadOnlyList<AccessPolicy>> Levels(string accountId, string kind)
    {
        var levels = new List<IReadOnlyList<AccessPolicy>>();
        foreach (var place in _parents.FromRoot(accountId))
        {
            if (_attached.TryGetValue((place, kind), out var policies))
            {
                levels.Add(policies);
            }
        }

        return levels;
    }

    private static IEnumerable<Resource> Of(IdentityAccount account, string type) => account.Others.TryGetValue(type, out var found) ? found : [];
}
