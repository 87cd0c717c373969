using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Works out what identities make of themselves: what they would be after they changed their own rights, which may let them go on from there.</summary>
internal sealed class Changes(IdentityEstate estate, ActionIndex actions, EscalationJudge judge, Func<string, Identity> administrator)
{
    // Nobody needs more changes of himself than these one after the other.
    private const int MostChanges = 2;
    private static readonly EscalationMethod Administering = new()
    {
        Number = int.MaxValue,
        Id = "administrator",
        Title = "Do anything in the account",
        Class = EscalationClass.Become,
        Actions = [],
        Gain = EscalationGain.Role,
        Holder = EscalationHolder.Account,
    };

    private readonly Queue<Identity> _queue = new();
    private readonly Dictionary<Identity, int> _changes = [];

    /// <summary>Puts an identity in the queue.</summary>
    public void Take(Identity identity) => _queue.Enqueue(identity);

    /// <summary>The next identity that is to be placed; null where there is none.</summary>
    public Identity? Next() => _queue.Count > 0 ? _queue.Dequeue() : null;

    /// <summary>The step of whoever may do everything in an account to anyone in it.</summary>
    public Step ByAdministrator(Identity to) => Administered(administrator(to.AccountId), to);

    /// <summary>The step of one who may do everything in an account to another in it.</summary>
    public static Step Administered(Identity from, Identity to) => new(from, Administering, to, null, PartJudgement.Nothing);

    /// <summary>A role as it would be without its boundary.</summary>
    public Identity Unbounded(Identity identity) => Changed(identity, "without its boundary", identity.Policies, boundary: null);

    /// <summary>The steps by which an identity changes itself.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="method">How.</param>
    public IEnumerable<Step> Of(Identity identity, EscalationMethod method)
    {
        if (estate.Account(identity.AccountId) is not { } account)
        {
            return [];
        }

        return method.Gain switch
        {
            EscalationGain.Everything => judge.Judge(identity, method, null) is { } judgement ? [new Step(identity, method, administrator(identity.AccountId), null, judgement)] : [],
            _ when _changes.TryGetValue(identity, out var changes) && changes >= MostChanges => [],
            EscalationGain.Unbounded => identity.Boundary is not null && judge.Judge(identity, method, null) is { } judgement ? [new Step(identity, method, Unbounded(identity), null, judgement)] : [],
            EscalationGain.Group => Groups(identity, method, account),
            EscalationGain.Version => Versions(identity, method, account),
            _ => [],
        };
    }

    private IEnumerable<Step> Groups(Identity identity, EscalationMethod method, IdentityAccount account)
    {
        foreach (var group in account.Groups.Values.Where(group => !identity.Groups.Contains(group.Name)).OrderBy(group => group.Arn, StringComparer.Ordinal))
        {
            if (!IsOfUse(group.Policies) || judge.Judge(identity, method, null, group.Arn) is not { } judgement)
            {
                continue;
            }

            var member = Changed(identity, $"in group {group.Name}", [.. identity.Policies, .. group.Policies], identity.Boundary, group);
            yield return new Step(identity, method, member, group.Arn, judgement);
        }
    }

    private IEnumerable<Step> Versions(Identity identity, EscalationMethod method, IdentityAccount account)
    {
        foreach (var arn in identity.ManagedPolicies.Where(arn => account.Policies.TryGetValue(arn, out var policy) && policy.IsOwn && policy.Others.Count > 0))
        {
            var policy = account.Policies[arn];
            var older = policy.Others.Where(version => IsOfUse([version])).ToList();
            if (older.Count == 0 || judge.Judge(identity, method, null, arn) is not { } judgement)
            {
                continue;
            }

            foreach (var version in older)
            {
                var changed = Changed(identity, $"with {version.Name}", [.. identity.Policies.Select(one => one == policy.Valid ? version : one)], identity.Boundary);
                yield return new Step(identity, method, changed, version.Name, judgement);
            }
        }
    }

    // What grants nothing that any method needs leads nowhere.
    private bool IsOfUse(IReadOnlyList<AccessPolicy> policies) => ActionIndex.HoldsSomething(actions.GrantedBy(policies));

    private Identity Changed(Identity identity, string change, IReadOnlyList<AccessPolicy> policies, AccessPolicy? boundary, IdentityGroup? group = null)
    {
        var changed = new Identity
        {
            Kind = identity.Kind,
            Arn = identity.Arn,
            Name = identity.Name,
            AccountId = identity.AccountId,
            Change = identity.Change is null ? change : $"{identity.Change}, {change}",
            Origin = identity.Origin,
            Policies = policies,
            ManagedPolicies = group is null ? identity.ManagedPolicies : [.. identity.ManagedPolicies.Concat(group.ManagedPolicies).Distinct(StringComparer.Ordinal)],
            Boundary = boundary,
            Trust = identity.Trust,
            Groups = group is null ? identity.Groups : [.. identity.Groups, group.Name],
            Profiles = identity.Profiles,
            Tags = identity.Tags,
            IsServiceLinked = identity.IsServiceLinked,
            Keys = identity.Keys,
            HasPassword = identity.HasPassword,
        };
        _changes[changed] = (_changes.TryGetValue(identity, out var changes) ? changes : 0) + 1;
        Take(changed);
        return changed;
    }
}
