using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies;

/// <summary>
/// Answers which actions an identity's policies allow, all their statements together. Where conditions are in the way, an action counts that
/// somebody can meet them for; what every request is denied, by one Deny or by several, does not.
/// </summary>
/// <param name="statements">The statements of all policies that count together.</param>
/// <param name="owner">Whose account it is.</param>
/// <param name="holder">The ARN of the identity; null for any of the account.</param>
internal sealed class IdentityGrants(IReadOnlyList<Statement> statements, Owner owner, string? holder = null)
{
    private const string Identities = "iam";
    private const string Tokens = "sts";
    private readonly Work _work = new();

    // From the Internet and through a VPC endpoint, where that makes a difference.
    private readonly bool[] _ways = OwnKeys.WaysOf(statements);
    private readonly Dictionary<(Statement Allow, string? Account, bool ThroughEndpoint), IReadOnlyList<IReadOnlyList<StatementBits>>?> _keys = [];
    private readonly Statement[] _allows = [.. statements.Where(statement => statement.IsAllow)];
    private readonly Statement[] _denies = [.. statements.Where(statement => !statement.IsAllow).Select(IdentityPolicy.AsEveryones)];

    /// <summary>Whether the statements were too hard to tell, so that more may be allowed than was found.</summary>
    public bool IsUndecided => _work.IsExhausted;

    /// <summary>The actions that are allowed on some resource, each with the statement that allows it.</summary>
    /// <param name="actions">The actions that are asked for, in lower case.</param>
    public IReadOnlyDictionary<string, Statement> OnAnything(IEnumerable<string> actions)
    {
        var found = new Dictionary<string, Statement>(StringComparer.Ordinal);
        foreach (var alike in from action in actions
                              let acted = ActionResources.ServicesOf(action)
                              group (Action: action, Services: acted) by (Service: ActionResources.ServiceOf(action), On: string.Join(" ", acted)))
        {
            var services = alike.First().Services;
            var allows = _allows.Where(allow => allow.ExceptsResources || MayBeOf(allow, services));
            var target = PolicyTarget.Any([.. services.Select(service => ResourcesOf(alike.Key.Service, service))]);
            var account = alike.Key.Service == Identities ? owner.AccountId : null;
            AddTo(found, Find(target, account, allows, alike.Select(one => one.Action)));
        }

        return found;
    }

    /// <summary>The actions that are allowed on every resource of their service: on one that no statement singles out.</summary>
    /// <param name="actions">The actions that are asked for, in lower case.</param>
    public IReadOnlyDictionary<string, Statement> OnEverything(IEnumerable<string> actions) =>
        ByService(actions, (service, those) => On(IdentityPolicy.ArnOf(owner, service == Tokens ? Identities : service), owner.AccountId, those));

    /// <summary>The actions that are allowed on all that a pattern matches: on one of these that no statement singles out.</summary>
    /// <param name="resources">The pattern, as policies write it.</param>
    /// <param name="actions">The actions that are asked for, in lower case.</param>
    public IReadOnlyDictionary<string, Statement> OnAll(string resources, IEnumerable<string> actions)
    {
        var resource = Glob.Of(resources).Witness();
        return On(resource, LeavesAccountOpen(resource) ? null : Arn.AccountOf(resource) ?? owner.AccountId, actions);
    }

    /// <summary>The actions that are allowed in accounts that no statement names: on all that a pattern would match there, or on what a statement names without the account.</summary>
    /// <param name="resources">The pattern, as policies write it, of which the account does not count.</param>
    /// <param name="actions">The actions that are asked for, in lower case.</param>
    public IReadOnlyDictionary<string, Statement> InAnyAccount(string resources, IReadOnlyCollection<string> actions)
    {
        var found = new Dictionary<string, Statement>(StringComparer.Ordinal);
        var requester = Asking(null);
        var named = _allows.Where(allow => !allow.ExceptsResources)
            .SelectMany(allow => allow.ResourcePatterns(requester, wanted: false).Wild)
            .Select(pattern => pattern.Witness());
        foreach (var resource in named.Where(LeavesAccountOpen)
            .Append(Glob.Of(Arn.InAnyAccount(resources)).Witness())
            .Distinct(StringComparer.Ordinal))
        {
            AddTo(found, On(resource, Arn.OwnerOf(resource), actions));
        }

        return found;
    }

    private static bool LeavesAccountOpen(string arn) => KeyDomains.IsFresh(Arn.OwnerOf(arn));

    // A variable that each holder fills in another way is not all that there is.
    private IReadOnlyDictionary<string, Statement> On(string resource, string? account, IEnumerable<string> actions)
    {
        var requester = Asking(account);
        var allows = _allows.Where(allow => allow.ResourcePatterns(requester, wanted: false).Matches(resource) != allow.ExceptsResources);
        return Find(PolicyTarget.Just(resource), account, allows, actions);
    }

    private Dictionary<string, Statement> Find(PolicyTarget target, string? account, IEnumerable<Statement> allows, IEnumerable<string> actions)
    {
        var found = new Dictionary<string, Statement>(StringComparer.Ordinal);
        var solver = new RequestSolver(_denies, target, _work);
        foreach (var (allow, way) in allows.SelectMany(_ => _ways, (allow, way) => (allow, way)).TakeWhile(_ => !_work.IsSpent))
        {
            var requester = Asking(account, way);
            var wanted = actions.Where(action => !found.ContainsKey(action) && allow.IsAboutAction(action)).ToList();
            if (wanted.Count == 0 || KeysOf(solver, allow, requester) is not { } keys)
            {
                continue;
            }

            foreach (var action in solver.Askable([allow], requester, keys, wanted))
            {
                found[action] = allow;
            }
        }

        return found;
    }

    // The same for every action and resource, so that they are looked for once.
    private IReadOnlyList<IReadOnlyList<StatementBits>>? KeysOf(RequestSolver solver, Statement allow, Requester requester)
    {
        var asked = (allow, requester.ResourceAccountId, requester.ThroughEndpoint);
        if (!_keys.TryGetValue(asked, out var keys))
        {
            _keys[asked] = keys = solver.KeyChoices([allow], requester);
        }

        return keys;
    }

    private static Dictionary<string, Statement> ByService(IEnumerable<string> actions, Func<string, IEnumerable<string>, IReadOnlyDictionary<string, Statement>> find)
    {
        var found = new Dictionary<string, Statement>(StringComparer.Ordinal);
        foreach (var service in actions.GroupBy(ActionResources.ServiceOf, StringComparer.Ordinal))
        {
            AddTo(found, find(service.Key, service));
        }

        return found;
    }

    private static void AddTo(Dictionary<string, Statement> found, IReadOnlyDictionary<string, Statement> more)
    {
        foreach (var pair in more.Where(pair => !found.ContainsKey(pair.Key)))
        {
            found[pair.Key] = pair.Value;
        }
    }

    private bool MayBeOf(Statement allow, IReadOnlyList<string> services) =>
        allow.ResourcePatterns(Asking(null), wanted: true).All.Any(pattern => ActionResources.MayBeOf(pattern, services));

    // Roles are what is assumed, in whosever account; the other identities are those of one's own.
    private string ResourcesOf(string asked, string service) => service switch
    {
        Identities when asked == Tokens => $"arn:{owner.Partition}:{Identities}::*:*",
        Identities => $"arn:{owner.Partition}:{Identities}::{owner.AccountId}:*",
        _ => $"arn:{owner.Partition}:{service}:*:*:*",
    };

    private Requester Asking(string? account, bool throughEndpoint = false) =>
        new() { Kind = RequesterKind.Signed, Sphere = Sphere.Holder, Owner = owner, AccountId = owner.AccountId, Name = holder, ResourceAccountId = account, ThroughEndpoint = throughEndpoint };
}
