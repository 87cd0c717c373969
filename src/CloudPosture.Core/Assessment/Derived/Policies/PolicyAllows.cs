using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policyAllows</c>, with <c>sets</c>: lists of actions, of which each set is allowed where one policy of the resource (a managed policy's
/// default version, or an inline policy) allows all its actions. <c>everyResource</c> asks that they are allowed on everything, <c>resource</c>
/// that they are on all that this ARN pattern matches (<c>{partition}</c> and <c>{account}</c> stand for the account's own), and with
/// <c>anyAccount</c> they may also be allowed on resources whose ARN leaves the account open. <c>passedTo</c> counts roles that are passed to
/// this service alone. <c>serviceWildcard</c> instead asks for services of which all actions are allowed, those to come too, be it on one resource. Statements count together. Those with a condition count where somebody can meet it: what
/// they allow, they allow to somebody. What every request is denied, by one Deny or by several, is not allowed.
/// The value is the number of sets, or of statements that allow such services. Evidence: the first, with the statements that allow it.
/// </summary>
internal sealed class PolicyAllows : DerivedFunction
{
    private const string Anything = "*";
    private readonly IReadOnlyList<ActionSet> _sets;
    private readonly string[] _actions;
    private readonly bool _serviceWildcard;
    private readonly bool _anyAccount;
    private readonly string? _resource;
    private readonly Statement? _elsewhere;

    public PolicyAllows(YamlMap arguments)
    {
        _serviceWildcard = arguments.Flag("serviceWildcard");
        _anyAccount = arguments.Flag("anyAccount");
        var isEverything = arguments.Flag("everyResource");
        _resource = arguments.Text("resource") ?? (isEverything ? Anything : null);
        _elsewhere = arguments.Text("passedTo") is { } service ? PassedElsewhere(service) : null;
        _sets = _serviceWildcard ? [] : ActionSet.Read(arguments);
        _actions = [.. _sets.SelectMany(set => set.Actions).Distinct(StringComparer.Ordinal)];
    }

    public override IReadOnlyList<string> Types => [OrganizationTypes.Organization];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var isKnown = IdentityPolicies.TryFind(subject, out var policies);
        var why = "a policy document could not be read or understood";
        var owner = OwnerOf.Subject(subject);
        var found = new List<string>();
        foreach (var (name, document) in policies)
        {
            isKnown &= document is not null;
            if (document is null)
            {
                continue;
            }

            found.AddRange(Find(document, owner, out var isUndecided).Select(what => $"{name}: {what}"));
            (isKnown, why) = isUndecided ? (false, "a policy has more combinations than can be judged") : (isKnown, why);
        }

        return found.Count > 0
            ? DerivedValue.Of(found.Count, explain ? $"{found[0]}{(found.Count > 1 ? $", and {found.Count - 1} more" : "")}" : null)
            : isKnown
            ? DerivedValue.Of(0, explain ? "no statement allows it" : null)
            : DerivedValue.Unknown(explain ? why : null);
    }

    private List<string> Find(PolicyDocument policy, Owner owner, out bool isUndecided)
    {
        var grants = new IdentityGrants(_elsewhere is null ? policy.Statements : [.. policy.Statements, _elsewhere], owner);
        var found = _serviceWildcard ? new ServiceWildcards(policy, grants).Find() : Sets(Allowed(grants, owner));
        isUndecided = grants.IsUndecided;
        return found;
    }

    private List<string> Sets(IReadOnlyDictionary<string, Statement> allowed) =>
        [.. _sets.Where(set => set.IsIn(allowed)).Select(set => "allows " + set.Describe(allowed, statement => statement.Label))];

    private IReadOnlyDictionary<string, Statement> Allowed(IdentityGrants grants, Owner owner)
    {
        if (_resource is null)
        {
            return grants.OnAnything(_actions);
        }

        if (_resource == Anything)
        {
            return grants.OnEverything(_actions);
        }

        var resource = _resource.Replace("{partition}", owner.Partition).Replace("{account}", owner.AccountId);
        var allowed = grants.OnAll(resource, _actions);
        return _anyAccount ? allowed.Concat(grants.InAnyAccount(resource, _actions)).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.First().Value) : allowed;
    }

    // What a service calls itself, and its parts: runtime-identity.bedrock-agentcore.amazonaws.com is bedrock-agentcore.amazonaws.com's.
    private static Statement PassedElsewhere(string service) => new()
    {
        Number = 0,
        IsAllow = false,
        Actions = [TextPattern.Parse("iam:PassRole", wildcards: true, variables: false, ignoreCase: true)],
        Resources = [TextPattern.Parse(Anything, wildcards: true, variables: false, ignoreCase: false)],
        Conditions = [PolicyCondition.Parse("StringNotLike", "iam:PassedToService", [service, "*." + service], variables: false)],
    };
}
