using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>Finds actions that stand for all that statements allow together.</summary>
internal static class ActionCandidates
{
    private static readonly Glob AnyAction = Glob.Of("*:*");

    /// <summary>Actions, in lower case, that every statement allows.</summary>
    /// <param name="allows">The statements.</param>
    /// <param name="denies">Statements that may except actions from a denial.</param>
    /// <param name="service">The prefix of actions that count; empty for every service.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Statement> allows, IReadOnlyList<Statement> denies, string service)
    {
        var known = KnownActions.Of(service);
        if (known.Count > 0)
        {
            var named = allows.Concat(denies).SelectMany(statement => statement.ActionPatterns.All).Where(glob => glob.IsLiteral && ServiceOf(glob.Pattern) == service).Select(glob => glob.Pattern);
            var actions = known.Concat(named).Distinct(StringComparer.Ordinal).Where(action => allows.All(allow => allow.IsAboutAction(action))).ToList();
            if (actions.Count > 0 || allows.Any(allow => allow.ExceptsActions || IsAboutService(allow, service)))
            {
                return actions;
            }
        }

        return [.. Patterns(allows, denies).Select(pattern => pattern.Witness()).Where(action => allows.All(allow => allow.IsAboutAction(action))).Distinct(StringComparer.Ordinal)];
    }

    private static string ServiceOf(string action) => action.IndexOf(':') is > 0 and var colon ? action.Substring(0, colon) : "";

    private static bool IsAboutService(Statement allow, string service) =>
        allow.ActionPatterns.All.Any(pattern => pattern.Intersect(Glob.Of(service + ":*")).Count > 0);

    private static IReadOnlyList<Glob> Patterns(IReadOnlyList<Statement> allows, IReadOnlyList<Statement> denies)
    {
        var granted = allows.Where(allow => !allow.ExceptsActions).Aggregate<Statement, IReadOnlyList<Glob>>([AnyAction], (within, allow) => Globs.Narrow(within, allow.ActionPatterns.All));
        return Globs.NarrowedInTurn(granted, denies.Where(deny => deny.ExceptsActions).Select(deny => deny.ActionPatterns.All));
    }
}
