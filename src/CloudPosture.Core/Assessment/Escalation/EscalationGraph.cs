using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Escalation;

/// <summary>
/// Who can become whom. What identities hold is sorted by what it fits, so that the steps into one and out of one are found without
/// looking at all others; each step is judged in full when a search comes to it.
/// </summary>
internal sealed class EscalationGraph
{
    private readonly IdentityEstate _estate;
    private readonly ActionIndex _actions;
    private readonly Boundaries _boundaries;
    private readonly TargetClasses _classes;
    private readonly EscalationJudge _judge;
    private readonly Changes _changes;
    private readonly Outsiders _outsiders;
    private readonly (EscalationMethod Method, ulong[] Needed)[] _methods;
    private readonly Dictionary<Identity, List<(EscalationMethod Method, TargetClass Class, TargetGroup Group)>> _held = [];
    private readonly Dictionary<string, List<(Identity From, EscalationMethod Method, TargetClass Class, TargetGroup Group)>> _everything = new(StringComparer.Ordinal);
    private readonly Dictionary<Identity, List<Step>> _into = [];
    private readonly Dictionary<Identity, List<Step>> _outOf = [];
    private readonly Dictionary<string, Identity> _administrators = new(StringComparer.Ordinal);
    private readonly Dictionary<Identity, Identity> _unbounded = [];
    private readonly HashSet<Identity> _isAdministrator = [];
    private readonly HashSet<Identity> _isUndecided = [];

    /// <summary>Sorts what all identities hold.</summary>
    /// <param name="estate">The accounts.</param>
    /// <param name="methods">The ways to more rights.</param>
    public EscalationGraph(IdentityEstate estate, IReadOnlyList<EscalationMethod> methods)
    {
        var trusts = new Trusts(estate);
        _estate = estate;
        _actions = new ActionIndex(methods);
        _boundaries = new Boundaries(estate, _actions);
        _classes = new TargetClasses(estate, trusts, methods);
        _judge = new EscalationJudge(estate, trusts, new ResourceChoice(_actions));
        _changes = new Changes(estate, _actions, _judge, Administrator);
        _outsiders = new Outsiders(estate);
        _methods =
        [
            .. methods.Select(method => (
                method,
                _actions.SetOf(method.Actions.Where(action => !action.IsAssumption || method.ChangesTrust).Select(action => action.Name)))),
        ];
        foreach (var identity in estate.Identities)
        {
            _changes.Take(identity);
        }

        while (_changes.Next() is { } identity)
        {
            Place(identity);
        }

        if (methods.FirstOrDefault(method => method is { Gain: EscalationGain.Role, Key.IsAssumption: true, ChangesTrust: false, Actions.Count: 1 }) is { } assumption)
        {
            foreach (var step in estate.Identities.Where(identity => identity.Kind == IdentityKind.Role).SelectMany(role => _outsiders.Into(role, assumption)))
            {
                Add(step);
            }
        }
    }

    /// <summary>Identities outside the accounts that some role lets in.</summary>
    public IEnumerable<Identity> Outside => _outsiders.Found;

    /// <summary>All who may do everything in their account, be it after a change, and what stands for that in each account.</summary>
    public IEnumerable<Identity> Administrators => _isAdministrator.Concat(_administrators.Values);

    /// <summary>Whether an identity may do everything in its account as it is.</summary>
    public bool IsAdministrator(Identity identity) => _isAdministrator.Contains(identity);

    /// <summary>All of whom it cannot be told if they may do everything in their account, be it after a change.</summary>
    public IEnumerable<Identity> Undecided => _isUndecided;

    /// <summary>The role that something works with; null where there is none.</summary>
    public Identity? RoleOf(string thingArn) => _classes.RoleOf(thingArn);

    /// <summary>What stands for whoever may do everything in an account.</summary>
    public Identity Administrator(string accountId)
    {
        if (!_administrators.TryGetValue(accountId, out var administrator))
        {
            _administrators[accountId] = administrator = new Identity
            {
                Kind = IdentityKind.Administrator,
                Arn = $"arn:{_estate.Account(accountId)?.Partition ?? "aws"}:iam::{accountId}:root",
                Name = "administrator",
                AccountId = accountId,
            };
        }

        return administrator;
    }

    /// <summary>The steps that there may be into an identity, in the order of their methods.</summary>
    public IEnumerable<Candidate> Into(Identity to) => to.Kind == IdentityKind.Administrator
        ? Judged(_into, to).Concat(ToEverything(to.AccountId))
        : Judged(_into, to).Concat(OnTarget(to)).OrderBy(candidate => candidate.Order).ThenBy(candidate => candidate.From.Arn, StringComparer.Ordinal);

    private IEnumerable<Candidate> ToEverything(string accountId) => _everything.TryGetValue(accountId, out var held)
        ? held.OrderBy(place => place.Method.Number).SelectMany(place => Candidates(place.From, place.Method, place.Class, place.Group))
        : [];

    /// <summary>The steps that there may be out of an identity, in the order of their methods.</summary>
    public IEnumerable<Candidate> OutOf(Identity from) => Judged(_outOf, from)
        .Concat(_held.TryGetValue(from, out var held) ? held.SelectMany(place => Candidates(from, place.Method, place.Class, place.Group)) : [])
        .OrderBy(candidate => candidate.Order)
        .ThenBy(candidate => candidate.To.Arn, StringComparer.Ordinal);

    /// <summary>The steps of one who may do everything in an account to all others in it; none for others.</summary>
    public IEnumerable<Candidate> Administered(Identity from) =>
        (from.Kind == IdentityKind.Administrator || IsAdministrator(from)) && _estate.Account(from.AccountId) is { } account
            ? account.Identities.Where(identity => identity.Origin != from.Origin).Select(identity => new Candidate(Changes.Administered(from, identity)))
            : [];

    /// <summary>Judges a step in full; null where it is none.</summary>
    public Step? Judge(in Candidate candidate)
    {
        if (candidate.Judged is { } judged)
        {
            return judged;
        }

        var (method, target) = (candidate.Method!, candidate.Target!);
        var isEverything = method.Gain == EscalationGain.Everything;
        return isEverything && _boundaries.AllowsEverything(target.Identity) == false ? null
            : _judge.Judge(candidate.From, method, target)?.If(isEverything ? _boundaries.DoubtOf(target.Identity) : null) is { } judgement
                ? new Step(candidate.From, method, candidate.To, target.Thing?.Arn ?? (isEverything ? target.Identity.Arn : null), judgement)
            : null;
    }

    private void Place(Identity identity)
    {
        var held = _actions.HeldBy(identity, _estate);
        var found = _boundaries.IsAdministrator(identity, held);
        var isAdministrator = found == true;
        if (found != false)
        {
            (isAdministrator ? _isAdministrator : _isUndecided).Add(identity);
        }

        foreach (var (method, needed) in _methods)
        {
            // Who may do everything in his account needs no way to more, but for ways into others.
            if (!ActionIndex.Holds(held, needed) || (isAdministrator && !(method.Key is { IsAssumption: true } && method.Gain == EscalationGain.Role)))
            {
                continue;
            }

            if (method.HasTarget)
            {
                Hold(identity, method);
            }
            else
            {
                PlaceChanges(identity, method);
            }
        }
    }

    private void PlaceChanges(Identity identity, EscalationMethod method)
    {
        var isBounded = method.Gain == EscalationGain.Everything && method.Holder != EscalationHolder.Account;
        if (isBounded && _boundaries.AllowsEverything(identity) == false)
        {
            return;
        }

        foreach (var step in _changes.Of(identity, method))
        {
            Add(isBounded ? step with { Judgement = step.Judgement.If(_boundaries.DoubtOf(identity)) } : step);
        }
    }

    private void Hold(Identity identity, EscalationMethod method)
    {
        if (_estate.Account(identity.AccountId) is not { } account)
        {
            return;
        }

        var targets = _classes.Of(method, account);
        foreach (var pattern in PatternsOf(identity, method))
        {
            Hold(identity, method, targets, targets.Matching(pattern));
        }

        if (method.Key is { IsAssumption: true } && !method.ChangesTrust && _classes.TrustingByName(identity.Origin) is { } naming)
        {
            Hold(identity, method, naming, naming.Matching(Glob.Of("*")));
        }
    }

    private void Hold(Identity identity, EscalationMethod method, TargetClass targets, TargetGroup group)
    {
        if (group.Members.Count == 0)
        {
            return;
        }

        group.Holders.Add((identity, method));
        List(_held, identity).Add((method, targets, group));
        if (method.Gain == EscalationGain.Everything)
        {
            if (!_everything.TryGetValue(identity.AccountId, out var list))
            {
                _everything[identity.AccountId] = list = [];
            }

            list.Add((identity, method, targets, group));
        }
        else if (method.Gain == EscalationGain.Unbounded)
        {
            foreach (var role in group.Members.Select(place => targets.Targets[place].Identity).Where(role => role.Boundary is not null && !_unbounded.ContainsKey(role)))
            {
                _unbounded[role] = _changes.Unbounded(role);
            }
        }
    }

    private IEnumerable<Glob> PatternsOf(Identity identity, EscalationMethod method)
    {
        if (method.Key is not { } key)
        {
            return [Glob.Of("*")];
        }

        return Globs.Distinct(identity.Statements
            .Where(statement => statement.IsAllow && _actions.IsAbout(statement, key.Name))
            .SelectMany(statement => statement.ExceptsResources ? [Glob.Of("*")] : statement.ResourcePatterns(ResourceChoice.Variables(identity, statement), wanted: true).All));
    }

    private IEnumerable<Candidate> OnTarget(Identity to)
    {
        var isUnbounded = to.Change is not null && _unbounded.TryGetValue(to.Origin, out var changed) && changed == to;
        var holders = from place in _classes.PlacesOf(isUnbounded ? to.Origin : to)
                      from grouped in place.Class.GroupsOf(place.Place)
                      from holder in grouped.Holders
                      where isUnbounded ? holder.Method.Gain == EscalationGain.Unbounded : holder.Method.Gain is EscalationGain.Role or EscalationGain.User
                      select new Candidate(holder.From, to, holder.Method, place.Class.Targets[place.Place], null);
        return _estate.Account(to.AccountId) is null || to.Change is not null ? holders : holders.Append(new Candidate(_changes.ByAdministrator(to)));
    }

    private IEnumerable<Candidate> Candidates(Identity from, EscalationMethod method, TargetClass targets, TargetGroup group)
    {
        foreach (var place in group.Members)
        {
            var target = targets.Targets[place];
            var to = method.Gain switch
            {
                EscalationGain.Everything => Administrator(target.Identity.AccountId),
                EscalationGain.Unbounded => _unbounded.TryGetValue(target.Identity, out var changed) ? changed : null,
                _ => target.Identity,
            };
            if (to is not null)
            {
                yield return new Candidate(from, to, method, target, null);
            }
        }
    }

    private void Add(Step step)
    {
        List(_into, step.To).Add(step);
        List(_outOf, step.From).Add(step);
    }

    private static IEnumerable<Candidate> Judged(Dictionary<Identity, List<Step>> steps, Identity identity) =>
        steps.TryGetValue(identity, out var list) ? list.Select(step => new Candidate(step)) : [];

    private static List<T> List<T>(Dictionary<Identity, List<T>> lists, Identity identity)
    {
        if (!lists.TryGetValue(identity, out var list))
        {
            lists[identity] = list = [];
        }

        return list;
    }
}
