using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers who may assume a role.</summary>
internal static class TrustPolicy
{
    /// <summary>What whoever has credentials asks for.</summary>
    public const string AssumeRole = "sts:assumerole";
    private const string WithWebIdentity = "sts:assumerolewithwebidentity";

    /// <summary>Whether strangers can assume the role, be it with an account of theirs or a token of a provider that many tenants share.</summary>
    /// <param name="policy">The trust policy.</param>
    /// <param name="owner">Whose the role is.</param>
    public static Exposure Public(PolicyDocument policy, Owner owner)
    {
        var reserved = ResourcePolicy.Reserved(policy);
        return ResourcePolicy.Find(policy, PolicyTarget.Unknown, Reach.Public, allow => Strangers(policy, allow, owner, reserved));
    }

    /// <summary>A statement that trusts another owner's account, or organization, without an external ID, and who that is; null where there is none.</summary>
    /// <param name="policy">The trust policy.</param>
    /// <param name="owner">Whose the role is.</param>
    /// <param name="isUndecided">Whether one there may be, since it is not known whose an organization is or the policy is too hard.</param>
    public static (Statement Statement, string Who)? ThirdPartyWithoutExternalId(PolicyDocument policy, Owner owner, out bool isUndecided)
    {
        isUndecided = false;
        var work = new Work();
        var reserved = ResourcePolicy.Reserved(policy);
        var solver = new RequestSolver(policy.Denies, PolicyTarget.Unknown, work);
        foreach (var allow in policy.Allows)
        {
            IReadOnlyList<Statement> allows = [allow];
            foreach (var (requester, who) in ThirdParties(allow, policy.Denies, owner, reserved).Where(party => party.Requester.IsMeantBy(allow)))
            {
                if (solver.CanAsk(allows, requester) != true)
                {
                    continue;
                }

                if (owner.IsOrganizationKnown || !MayBeOwn(allow) || !solver.CanAsk(allows, new Requester { Kind = requester.Kind, Sphere = Sphere.Stranger, Owner = owner, AccountId = requester.AccountId, Name = requester.Name, OnlyAction = AssumeRole }) == false)
                {
                    return (allow, who);
                }

                isUndecided = true;
            }
        }

        isUndecided |= work.IsExhausted;
        return null;
    }

    // Where the owner's organization is unknown, one that the policy asks for may be it.
    private static bool MayBeOwn(Statement allow) => allow.Conditions.Any(condition => condition.Key is "aws:principalorgid" or "aws:principalorgpaths");

    private static IEnumerable<Requester> Strangers(PolicyDocument policy, Statement allow, Owner owner, IReadOnlyList<IpRange> reserved)
    {
        foreach (var way in new[] { false, true })
        {
            yield return new Requester { Kind = RequesterKind.Signed, Sphere = Sphere.Stranger, Owner = owner, Reserved = reserved, ThroughEndpoint = way, OnlyAction = AssumeRole };
        }

        foreach (var provider in Providers(policy, allow, owner).Where(SharedProviders.IsShared))
        {
            yield return new Requester { Kind = RequesterKind.Federated, Sphere = Sphere.Stranger, Owner = owner, Reserved = reserved, Name = provider, OnlyAction = WithWebIdentity };
        }
    }

    // Who trusts everyone trusts the tokens that AWS takes of itself, and those of providers whose claims the policy speaks of.
    private static IEnumerable<string> Providers(PolicyDocument policy, Statement allow, Owner owner) =>
        allow.ExceptsPrincipals || allow.Principals.Any(principal => principal.IsAny && principal.Kind is PrincipalKind.Everyone or PrincipalKind.Federated)
            ? SharedProviders.BuiltIn.Concat(policy.Statements.SelectMany(statement => statement.Conditions)
                .Select(condition => condition.Key.LastIndexOf(':') is > 0 and var colon ? condition.Key.Substring(0, colon) : "")
                .Where(host => host.IndexOf('.') > 0 && !SharedProviders.BuiltIn.Contains(host))
                .Distinct(StringComparer.Ordinal)
                .Select(host => SharedProviders.ArnOf(owner, host)))
            : allow.Principals.Where(principal => principal.Kind == PrincipalKind.Federated).Select(principal => principal.Value);

    private static IEnumerable<(Requester Requester, string Who)> ThirdParties(Statement allow, IReadOnlyList<Statement> denies, Owner owner, IReadOnlyList<IpRange> reserved)
    {
        var isOpen = allow.ExceptsPrincipals || allow.Principals.Any(principal => principal.IsAny && principal.Kind is PrincipalKind.Everyone or PrincipalKind.Aws);
        // Where everyone is let in, those count whom a Deny leaves out by name.
        var named = (allow.ExceptsPrincipals ? [] : allow.Principals).Concat(isOpen ? denies.Where(deny => deny.ExceptsPrincipals).SelectMany(deny => deny.Principals) : []);
        var accounts = named.Where(principal => principal.AccountId is not null)
            .Select(principal => (principal.AccountId, Name: principal.IsWholeAccount ? null : principal.Value))
            .Concat(isOpen ? Requesters.AccountsIn(allow).Select(account => ((string?)account, (string?)null)) : [])
            .Where(party => !owner.IsOwn(party.Item1!));
        foreach (var (account, name) in accounts)
        {
            yield return (Party(owner, account, name, []), $"account {account}");
        }

        if (isOpen)
        {
            yield return (Party(owner, null, null, reserved), OrganizationIn(allow) is { } organization ? $"organization {organization}" : "everyone");
        }
    }

    private static string? OrganizationIn(Statement allow) => allow.Conditions
        .Where(condition => condition.Key is "aws:principalorgid" or "aws:principalorgpaths" && condition.Kind != OperatorKind.Absence && !condition.HoldsWhenAbsent)
        .SelectMany(condition => condition.Values)
        .Select(value => value.Text.Split('/')[0])
        .FirstOrDefault(id => id.IndexOfAny(['*', '?', '$']) < 0);

    private static Requester Party(Owner owner, string? account, string? name, IReadOnlyList<IpRange> reserved) =>
        new() { Kind = RequesterKind.Signed, Sphere = Sphere.ThirdParty, Owner = owner, AccountId = account, Name = name, Reserved = reserved, OnlyAction = AssumeRole };
}
