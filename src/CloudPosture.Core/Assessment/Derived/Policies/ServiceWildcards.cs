using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>Finds the services of which a policy allows all actions, those that AWS adds later too, be it on one resource alone.</summary>
/// <param name="policy">The policy.</param>
/// <param name="grants">What its statements allow together.</param>
internal sealed class ServiceWildcards(PolicyDocument policy, IdentityGrants grants)
{
    private const int MostNamed = 3;

    /// <summary>Each statement that allows such services, with what it allows.</summary>
    public List<string> Find()
    {
        // Who lists all actions that there are does not allow those to come.
        var anyOf = KnownActions.Names.Concat(policy.Allows.SelectMany(NamedServices)).Distinct(StringComparer.Ordinal)
            .ToDictionary(service => Glob.Of(service + ":*").Witness(), service => service, StringComparer.Ordinal);
        var open = grants.OnAnything(anyOf.Keys.Where(action => policy.Allows.Any(allow => allow.IsAboutAction(action))));
        return
        [
            .. open.Select(pair => (Service: anyOf[pair.Key], Statement: pair.Value))
                .Where(found => IsWholeByOne(found.Statement, found.Service) || IsWhole(found.Service))
                .OrderBy(found => found.Service, StringComparer.Ordinal)
                .GroupBy(found => found.Statement, found => found.Service)
                .Select(found => $"{found.Key.Label} allows {Shown([.. found])}"),
        ];
    }

    // Where one statement allows all of a service on everything and no Deny is about it, what it allows of the actions to come it allows of each.
    private bool IsWholeByOne(Statement allow, string service)
    {
        var all = Glob.Of(service + ":*");
        return !allow.ExceptsResources && allow.Resources.Any(resource => resource.Text == "*")
            && IsAboutAll(allow, all) && policy.Statements.All(other => other.IsAllow || IsAboutNone(other, all));
    }

    private static bool IsAboutAll(Statement statement, Glob actions) => statement.ExceptsActions
        ? statement.ActionPatterns.All.All(pattern => pattern.IsApart(actions))
        : statement.ActionPatterns.All.Any(pattern => pattern.Covers(actions));

    private static bool IsAboutNone(Statement statement, Glob actions) => statement.ExceptsActions
        ? statement.ActionPatterns.All.Any(pattern => pattern.Covers(actions))
        : statement.ActionPatterns.All.All(pattern => pattern.IsApart(actions));

    private bool IsWhole(string service)
    {
        var actions = KnownActions.Of(service);
        return actions.Count == 0 || grants.OnAnything(actions).Count == actions.Count;
    }

    // A service may be newer than what is known of AWS.
    private static IEnumerable<string> NamedServices(Statement statement) => statement.ExceptsActions ? []
        : statement.Actions.Select(action => action.Text.ToLowerInvariant())
            .Select(ActionResources.ServiceOf)
            .Where(service => service.Length > 0 && service.IndexOfAny(['*', '?']) < 0);

    private static string Shown(IReadOnlyList<string> services) =>
        string.Join(", ", services.Take(MostNamed).Select(service => service + ":*")) + (services.Count > MostNamed ? $" and all actions of {services.Count - MostNamed} more services" : "");
}
