using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers who may use a resource by its policy. Where a Deny is too subtle to follow, it is taken not to help.</summary>
internal static class ResourcePolicy
{
    /// <summary>How far the policy opens its resource.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="accountId">The account that owns the resource.</param>
    public static Exposure ExposureOf(PolicyDocument policy, string accountId)
    {
        var most = default(Exposure);
        foreach (var allow in policy.Statements.Where(statement => statement.IsAllow))
        {
            IReadOnlyList<Principal> principals = allow.ExceptsPrincipals ? [Principal.Everyone] : allow.Principals;
            foreach (var principal in principals)
            {
                var reach = ReachOf(policy, allow, principal, accountId);
                if (reach > most.Reach)
                {
                    most = new Exposure(reach, allow, principal);
                }
            }
        }

        return most;
    }

    /// <summary>A statement that lets an AWS service act for anyone, since it names no source account: the confused deputy.</summary>
    public static Statement? UnconfinedService(PolicyDocument policy, string accountId) => policy.Statements.FirstOrDefault(statement =>
        statement.IsAllow && !statement.ExceptsPrincipals
        && statement.Principals.Any(principal => principal.Kind == PrincipalKind.Service)
        && Confinement.Of(statement.Conditions, accountId) == Reach.Public);

    /// <summary>How far a principal by itself reaches.</summary>
    public static Reach ReachOf(Principal principal, string accountId) => principal.Kind switch
    {
        PrincipalKind.Everyone => Reach.Public,
        PrincipalKind.Service => principal.Value.Contains("*") ? Reach.Public : Reach.Own,
        PrincipalKind.Aws when principal.AccountId == accountId => Reach.Own,
        // A user's or role's unique id stands for a principal that was deleted: nobody can use it.
        PrincipalKind.Aws when principal.AccountId is null && IsUniqueId(principal.Value) => Reach.Own,
        PrincipalKind.Aws when principal.Value.Split(':') is { Length: > 4 } parts && parts[4].Contains("*") => Reach.Public,
        _ => Reach.Others,
    };

    private static bool IsUniqueId(string value) => value.Length is >= 16 and <= 32 && value.StartsWith("A", System.StringComparison.Ordinal) && value.All(char.IsLetterOrDigit);

    private static Reach ReachOf(PolicyDocument policy, Statement allow, Principal principal, string accountId)
    {
        var granted = Least(ReachOf(principal, accountId), Confinement.Of(allow.Conditions, accountId));
        if (granted == Reach.Own)
        {
            return Reach.Own;
        }

        var denies = policy.Statements.Where(statement => !statement.IsAllow).ToArray();
        var most = Reach.Own;
        foreach (var action in Granted(allow.Actions, allow.ExceptsActions, ignoreCase: true))
        {
            foreach (var resource in Granted(allow.Resources, allow.ExceptsResources, ignoreCase: false))
            {
                var left = granted;
                foreach (var deny in denies)
                {
                    if (deny.CoversAction(action) && deny.CoversResource(resource))
                    {
                        left = Least(left, LeftBy(deny, principal, accountId));
                    }
                }

                most = left > most ? left : most;
            }
        }

        return most;
    }

    private static IReadOnlyList<Wildcard> Granted(IReadOnlyList<Wildcard> patterns, bool excepts, bool ignoreCase) =>
        excepts ? [new Wildcard("*", ignoreCase)] : patterns;

    // Who still gets through a Deny: those it excepts, and those who escape one of its conditions.
    private static Reach LeftBy(Statement deny, Principal principal, string accountId)
    {
        var left = Reach.Own;
        if (deny.ExceptsPrincipals)
        {
            left = deny.Principals.Aggregate(left, (most, excepted) => Most(most, ReachOf(excepted, accountId)));
        }
        else if (!deny.Principals.Any(denied => denied.Includes(principal)))
        {
            return Reach.Public;
        }

        foreach (var condition in deny.Conditions)
        {
            left = Most(left, condition.Complement() is { } escape ? Confinement.Of(escape, accountId) : Reach.Public);
        }

        return left;
    }

    private static Reach Least(Reach one, Reach other) => one < other ? one : other;

    private static Reach Most(Reach one, Reach other) => one > other ? one : other;
}
