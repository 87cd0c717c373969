using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Judges in full whether somebody can use a method on a target: every action with all policies that bear on it, and what must hold beside.</summary>
internal sealed class EscalationJudge(IdentityEstate estate, Trusts trusts, ResourceChoice choice)
{
    private readonly ManagedInstances _managed = new();
    private readonly Dictionary<(Identity, int, string), PartJudgement?> _chosen = [];

    /// <summary>Judges a method.</summary>
    /// <param name="from">Who acts.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">What it is used on; null for what needs nothing but the one who acts.</param>
    /// <param name="only">The ARN of the one group or policy that counts; null for whichever suits.</param>
    /// <returns>What it takes; null where it does not work.</returns>
    public PartJudgement? Judge(Identity from, EscalationMethod method, EscalationTarget? target, string? only = null)
    {
        if (estate.Account(from.AccountId) is not { } account || target?.Identity.Origin == from.Origin || Beside(from, method, target, account) is not { } beside)
        {
            return null;
        }

        PartJudgement? best = null;
        IEnumerable<string> regions = target?.Thing is not { } thing ? choice.Regions(from, account, estate)
            : thing.Region == ResourceRegion.Global ? [ResourceChoice.Home(account)]
            : [thing.Region];
        foreach (var region in regions)
        {
            best = PartJudgement.Better(best, Acts(new Attempt(from, method, target, account, region, only)));
            if (best is { IsCertain: true })
            {
                break;
            }
        }

        return best?.And(beside);
    }

    // What must hold beside the actions; null where something does not.
    private PartJudgement? Beside(Identity from, EscalationMethod method, EscalationTarget? target, IdentityAccount account)
    {
        var result = PartJudgement.Nothing.If(method.Asks);
        if (target is { IsUnseen: true })
        {
            result = result.If($"there is a {method.Through!.Type} with this role: none was read");
        }

        foreach (var type in method.Also.Where(type => !account.Others.TryGetValue(type, out var found) || found.Count == 0))
        {
            if (account.WasRead(type))
            {
                return null;
            }

            result = result.If($"there is a {type}: none was read");
        }

        foreach (var need in method.Needs)
        {
            switch (Holds(need, from, method, target, account))
            {
                case false:
                    return null;
                case null:
                    result = result.If(Untold(need));
                    break;
            }
        }

        return result;
    }

    private bool? Holds(EscalationNeed need, Identity from, EscalationMethod method, EscalationTarget? target, IdentityAccount account)
    {
        var holder = method.Holder is EscalationHolder.Role or EscalationHolder.User ? target!.Identity : from;
        return need switch
        {
            EscalationNeed.FreeKey => holder.Keys is { } keys ? keys < 2 : null,
            EscalationNeed.Password => holder.HasPassword,
            EscalationNeed.NoPassword => !holder.HasPassword,
            EscalationNeed.InstanceProfile => holder.Profiles.Count > 0,
            EscalationNeed.Boundary => holder.Boundary is not null,
            EscalationNeed.ManagedInstance => target!.Thing is { } instance ? _managed.Reaches(account, instance.Id) : null,
            EscalationNeed.ManagementAccount => account.IsManagement,
            EscalationNeed.IsUser => from.Kind == IdentityKind.User,
            _ => from.Kind == IdentityKind.Role,
        };
    }

    private static string Untold(EscalationNeed need) => need switch
    {
        EscalationNeed.FreeKey => "the user has fewer than two access keys: the credential report was not read",
        EscalationNeed.Password => "the user has a password: the credential report was not read",
        EscalationNeed.NoPassword => "the user has no password: the credential report was not read",
        _ => "Systems Manager reaches the instance: that was not read",
    };

    private PartJudgement? Acts(Attempt attempt)
    {
        PartJudgement? result = PartJudgement.Nothing;
        foreach (var action in attempt.Method.Actions.Where(action => action.On is not (EscalationObject.Pattern or EscalationObject.None or EscalationObject.Any)))
        {
            result = result.And(On(attempt, action));
            if (result is null)
            {
                return null;
            }
        }

        if (attempt.Method.ChangesTrust && !attempt.Method.Actions.Any(action => action.IsAssumption))
        {
            result = result.And(Assumed(attempt));
        }

        return result?.And(Chosen(attempt));
    }

    private PartJudgement? On(Attempt attempt, EscalationAction action) => action.On switch
    {
        EscalationObject.Self => OfIdentity(attempt, action, attempt.From.Origin),
        EscalationObject.Role when action.IsAssumption => Assumed(attempt),
        EscalationObject.Role or EscalationObject.User when action.To.Count > 0 => Passed(attempt, action, attempt.Target!.Identity),
        EscalationObject.Role or EscalationObject.User => OfIdentity(attempt, action, attempt.Target!.Identity),
        EscalationObject.Helper => attempt.Account.Identities.Where(role => role.Kind == IdentityKind.Role && action.To.Any(service => trusts.MayTrust(role, service)))
            .Select(role => Passed(attempt, action, role)).Aggregate((PartJudgement?)null, PartJudgement.Better),
        EscalationObject.Group => Groups(attempt)
            .Select(group => Decide(attempt, action, new Ask(action.Name, group.Arn)))
            .Aggregate((PartJudgement?)null, PartJudgement.Better),
        EscalationObject.Policy => Policies(attempt, action)
            .Select(arn => Decide(attempt, action, new Ask(action.Name, arn)))
            .Aggregate((PartJudgement?)null, PartJudgement.Better),
        _ => attempt.Target!.Thing is { } thing ? Decide(attempt, action, new Ask(action.Name, thing.Arn) { AccountId = thing.AccountId, Tags = thing.Tags })
            : attempt.Method.Through!.Pattern is { } pattern ? Fitting(attempt, pattern, [action])
            : PartJudgement.Nothing,
    };

    private IEnumerable<IdentityGroup> Groups(Attempt attempt) => attempt.Account.Groups.Values
        .Where(group => attempt.Only is { } only ? group.Arn == only : attempt.From.Groups.Contains(group.Name))
        .OrderBy(group => group.Arn, StringComparer.Ordinal);

    private static IEnumerable<string> Policies(Attempt attempt, EscalationAction action)
    {
        var holder = attempt.Method.Holder == EscalationHolder.Self ? attempt.From : attempt.Target!.Identity;
        return holder.ManagedPolicies
            .Where(arn => attempt.Only is not { } only || arn == only)
            .Where(arn => attempt.Account.Policies.TryGetValue(arn, out var policy) && policy.IsOwn && (action.Name != "iam:CreatePolicyVersion" || policy.HasRoom))
            .OrderBy(arn => arn, StringComparer.Ordinal);
    }

    private PartJudgement? OfIdentity(Attempt attempt, EscalationAction action, Identity on) => Decide(attempt, action, new Ask(action.Name, on.Arn)
    {
        Tags = on.Tags,
        Context = [new("iam:PermissionsBoundary", on.Boundary is { } boundary ? [boundary.Name] : [])],
    });

    private PartJudgement? Passed(Attempt attempt, EscalationAction action, Identity role)
    {
        PartJudgement? best = null;
        foreach (var service in action.To.SelectMany(service => Trusts.NamesOf(service, attempt.Account.Partition)))
        {
            var trust = PartJudgement.Of("sts:AssumeRole", role.Arn, trusts.Of(role, service));
            var pass = trust is null ? null : Decide(attempt, action, new Ask(action.Name, role.Arn) { Tags = role.Tags, Context = [new("iam:PassedToService", [service])] });
            best = PartJudgement.Better(best, pass?.And(trust! with { Actions = [] }));
        }

        return best;
    }

    private PartJudgement? Assumed(Attempt attempt)
    {
        var role = attempt.Target!.Identity;
        var trust = attempt.Method.ChangesTrust ? AccessPolicy.Of($"the changed trust policy of {role.Name}", [Trusting(attempt)]) : role.Trust;
        var ask = new Ask("sts:AssumeRole", role.Arn) { ResourcePolicy = trust, Tags = role.Tags, Region = attempt.Region };
        return PartJudgement.Of("sts:AssumeRole", role.Arn, estate.Decide(attempt.From, ask));
    }

    // Where the actor needs leave of his own to assume the role, it is the account that is trusted, and else he himself.
    private static Statement Trusting(Attempt attempt) => new()
    {
        Number = 1,
        IsAllow = true,
        Principals = [Principal.Aws(attempt.Method.Actions.Any(action => action.IsAssumption) ? attempt.From.AccountId : attempt.From.Arn)],
        Actions = [TextPattern.Parse("sts:AssumeRole", wildcards: true, variables: false, ignoreCase: true)],
        Resources = [TextPattern.Parse("*", wildcards: true, variables: false, ignoreCase: false)],
    };

    // What hangs on the actor's choice alone is judged once for all targets.
    private PartJudgement? Chosen(Attempt attempt)
    {
        var key = (attempt.From, attempt.Method.Number, attempt.Region);
        if (!_chosen.TryGetValue(key, out var result))
        {
            result = PartJudgement.Nothing;
            foreach (var actions in attempt.Method.Actions
                .Where(action => action.On is EscalationObject.Pattern or EscalationObject.None or EscalationObject.Any)
                .GroupBy(action => action.Pattern ?? action.On.ToString(), StringComparer.Ordinal))
            {
                result = result?.And(actions.First().On switch
                {
                    EscalationObject.Pattern => Fitting(attempt, actions.Key, [.. actions]),
                    EscalationObject.Any => Together(attempt, [.. actions], Glob.Of($"arn:{attempt.Account.Partition}:{actions.First().Service}::{attempt.Account.AccountId}:*").Witness()),
                    _ => Together(attempt, [.. actions], "*"),
                });
            }

            _chosen[key] = result;
        }

        return result;
    }

    private PartJudgement? Fitting(Attempt attempt, string pattern, IReadOnlyList<EscalationAction> actions)
    {
        PartJudgement? best = null;
        foreach (var resource in choice.Resources(attempt.From, ResourceChoice.Filled(pattern, attempt.Account, attempt.Region), actions))
        {
            best = PartJudgement.Better(best, Together(attempt, actions, resource));
            if (best is { IsCertain: true })
            {
                break;
            }
        }

        return best;
    }

    private PartJudgement? Together(Attempt attempt, IReadOnlyList<EscalationAction> actions, string resource)
    {
        PartJudgement? result = PartJudgement.Nothing;
        foreach (var action in actions)
        {
            result = result?.And(Decide(attempt, action, new Ask(ActionIndex.Asked(action.Name), resource) { AccountId = attempt.Account.AccountId }));
        }

        return result;
    }

    private PartJudgement? Decide(Attempt attempt, EscalationAction action, Ask ask)
    {
        var isGlobal = action.Service is "iam" or "sso";
        var full = ask with
        {
            Region = isGlobal ? ResourceChoice.Home(attempt.Account) : attempt.Region,
            Context = [.. ask.Context, .. action.With.Select(pair => new KeyValuePair<string, IReadOnlyList<string>>(pair.Key, [ResourceChoice.Filled(pair.Value, attempt.Account, attempt.Region)]))],
        };
        return PartJudgement.Of(action.Name, ResourceChoice.Shown(ask.Resource), estate.Decide(attempt.From, full));
    }

    /// <summary>One use of a method.</summary>
    private sealed record Attempt(Identity From, EscalationMethod Method, EscalationTarget? Target, IdentityAccount Account, string Region, string? Only);
}
