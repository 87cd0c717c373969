using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Content.Yaml;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>policyAllows</c>, with <c>sets</c>: lists of actions, of which each set is allowed where one policy of the resource (a managed policy's
/// default version, or an inline policy) allows all its actions. <c>everyResource</c> asks that they are allowed on everything, <c>resource</c>
/// that they are on all that this ARN pattern matches (<c>{partition}</c> and <c>{account}</c> stand for the account's own), and with
/// <c>anyAccount</c> they may also be allowed on resources whose ARN leaves the account open. <c>serviceWildcard</c> instead asks for
/// statements that allow all actions of a service by name. Statements with a condition count: what they allow, they allow to somebody.
/// A Deny without a condition that covers the same takes it away. The value is the number of sets, or statements. Evidence: the first.
/// </summary>
internal sealed class PolicyAllows : DerivedFunction
{
    private const string Anything = "*";
    private readonly IReadOnlyList<Wildcard[]> _sets;
    private readonly bool _serviceWildcard;
    private readonly bool _anyAccount;
    private readonly string? _resource;

    public PolicyAllows(YamlMap arguments)
    {
        _serviceWildcard = arguments.Flag("serviceWildcard");
        _anyAccount = arguments.Flag("anyAccount");
        var isEverything = arguments.Flag("everyResource");
        _resource = arguments.Text("resource") ?? (isEverything ? Anything : null);
        _sets = _serviceWildcard ? [] : ReadSets(arguments);
    }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var isRead = IdentityPolicies.TryFind(subject, out var policies);
        var resource = _resource is null ? null : new Wildcard(_resource.Replace("{partition}", subject.Account.Partition).Replace("{account}", subject.Account.AccountId), ignoreCase: false);
        var found = new List<string>();
        foreach (var (name, document) in policies)
        {
            isRead &= document is not null;
            if (document is not null)
            {
                found.AddRange(Find(document, resource).Select(what => $"{name}: {what}"));
            }
        }

        return found.Count > 0
            ? DerivedValue.Of(found.Count, explain ? $"{found[0]}{(found.Count > 1 ? $", and {found.Count - 1} more" : "")}" : null)
            : isRead
            ? DerivedValue.Of(0, explain ? "no statement allows it" : null)
            : DerivedValue.Unknown(explain ? "a policy document could not be read or understood" : null);
    }

    /// <summary>The lists of actions in <c>sets</c>.</summary>
    internal static List<Wildcard[]> ReadSets(YamlMap arguments)
    {
        var sets = new List<Wildcard[]>();
        if (arguments.RequiredNode("sets") is YamlSequenceNode list)
        {
            sets.AddRange(list.Children.OfType<YamlSequenceNode>().Select(set => set.Children.Select(action => new Wildcard(action.ToString(), ignoreCase: true)).ToArray()));
        }

        return sets.Count > 0 && sets.All(set => set.Length > 0)
            ? sets
            : throw arguments.Error("'sets' takes lists of actions, such as [[iam:PassRole, lambda:CreateFunction], [\"kms:*\"]].");
    }

    private IEnumerable<string> Find(PolicyDocument policy, Wildcard? resource) => _serviceWildcard
        ? policy.Statements.Where(statement => statement.IsAllow && !statement.ExceptsActions).SelectMany(WholeServices)
        : _sets.Where(set => set.All(action => IsAllowed(policy, action, resource))).Select(set => "allows " + string.Join(" and ", set.Select(action => action.ToString())));

    private static IEnumerable<string> WholeServices(Statement statement) => statement.Actions
        .Select(action => action.ToString()!)
        .Where(action => action.EndsWith(":*", System.StringComparison.Ordinal) && action.IndexOf('*') == action.Length - 1)
        .Select(action => $"{statement.Label} allows {action}");

    private bool IsAllowed(PolicyDocument policy, Wildcard action, Wildcard? resource) =>
        policy.Statements.Any(statement => statement.IsAllow && (resource is null ? statement.CoversAction(action)
            : statement.Covers(action, resource) || (_anyAccount && statement.CoversAction(action) && LeavesAccountOpen(statement))))
        && !policy.Statements.Any(statement => !statement.IsAllow && statement.Conditions.Count == 0
            && statement.Covers(action, resource ?? new Wildcard(Anything, ignoreCase: false)));

    private static bool LeavesAccountOpen(Statement statement) =>
        !statement.ExceptsResources && statement.Resources.Any(resource => Arn.OwnerOf(resource.ToString()!)?.IndexOf('*') >= 0);
}
