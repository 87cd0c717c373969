using System;
using System.Linq;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers whether an identity's policy grants everything.</summary>
internal static class IdentityPolicy
{
    private static readonly Wildcard EveryAction = new("?*:?*", ignoreCase: true);

    /// <summary>The statement that allows every action on every resource; null where none does, or a Deny takes all of it away.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="partition">The account's partition.</param>
    public static Statement? FullAdmin(PolicyDocument policy, string partition)
    {
        var everyResource = new Wildcard($"arn:{partition}:?*:*:*:?*", ignoreCase: false);
        bool IsEverything(Statement statement) => statement.CoversAction(EveryAction) && statement.CoversResource(everyResource);

        return policy.Statements.Any(statement => !statement.IsAllow && statement.Conditions.Count == 0 && IsEverything(statement))
            ? null
            : policy.Statements.FirstOrDefault(statement => statement.IsAllow && IsEverything(statement) && !statement.Conditions.Any(Narrows));
    }

    // Conditions on who asks, from where or when (MFA, address, time) leave the rights as full as they are. Those on what is
    // asked for narrow them, unless an absent key or a value of mere wildcards meets them.
    private static bool Narrows(PolicyCondition condition) =>
        !condition.HoldsWhenAbsent
        && condition.Values.All(value => value.Trim('*').Length > 0)
        && (!condition.Key.StartsWith("aws:", StringComparison.Ordinal)
            || condition.Key.StartsWith("aws:resource", StringComparison.Ordinal)
            || condition.Key.StartsWith("aws:request", StringComparison.Ordinal)
            || condition.Key.StartsWith("aws:calledvia", StringComparison.Ordinal)
            || condition.Key == "aws:tagkeys");
}
