using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>Finds resources that stand for all that statements allow together.</summary>
internal static class ResourceCandidates
{
    /// <summary>ARNs that every statement allows.</summary>
    /// <param name="allows">The statements.</param>
    /// <param name="denies">Statements that may except resources from a denial.</param>
    /// <param name="within">Patterns of the resources that count.</param>
    /// <param name="isExact">Whether a statement about other resources alone grants nothing.</param>
    /// <param name="variables">What variables stand for.</param>
    /// <param name="work">What that may take.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Statement> allows, IReadOnlyList<Statement> denies, IReadOnlyList<Glob> within, bool isExact, IVariables variables, Work work)
    {
        var wanted = allows.Select(allow => (allow.ExceptsResources, Patterns: allow.ResourcePatterns(variables, wanted: true))).ToArray();
        var granted = Within(wanted, within, work);
        if (granted.Count == 0 && !isExact)
        {
            granted = Within(wanted, [.. wanted.Where(allow => !allow.ExceptsResources).SelectMany(allow => allow.Patterns.All)], work);
        }

        IReadOnlyList<Glob>[] exceptions = [.. denies.Where(deny => deny.ExceptsResources).Select(deny => deny.ResourcePatterns(variables, wanted: false).All)];
        return
        [
            .. Globs.NarrowedInTurn(granted, exceptions, work)
                .Select(pattern => pattern.Witness())
                .Distinct(StringComparer.Ordinal)
                .Where(resource => Array.TrueForAll(wanted, allow => allow.Patterns.Matches(resource) != allow.ExceptsResources)),
        ];
    }

    private static IReadOnlyList<Glob> Within((bool ExceptsResources, PatternSet Patterns)[] wanted, IReadOnlyList<Glob> within, Work work) =>
        wanted.Where(allow => !allow.ExceptsResources).Aggregate(within, (narrowed, allow) => Globs.Narrow(narrowed, allow.Patterns.All, work));
}
