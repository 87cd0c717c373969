using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>Finds actions that stand for all that statements allow together.</summary>
internal static class ActionCandidates
{
    private static readonly Glob AnyAction = Glob.Of("*:*");

    /// <summary>Actions, in lower case, that every statement allows.</summary>
    /// <param name="allows">The statements.</param>
    /// <param name="denies">Statements that may except actions from a denial.</param>
    /// <param name="service">The prefix of actions that count; empty for every service.</param>
    /// <param name="work">What that may take.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Statement> allows, IReadOnlyList<Statement> denies, string service, Work work)
    {
        var known = KnownActions.Of(service);
        var actions = known.Count > 0
            ? known.Concat(allows
                .Where(allow => !allow.ExceptsActions)
                .SelectMany(allow => allow.ActionPatterns.All)
                .Where(pattern => IsNew(pattern, service))
                .Select(pattern => pattern.Witness()))
            : Patterns(allows, denies, work).Select(pattern => pattern.Witness());
        return [.. actions.Distinct(StringComparer.Ordinal).Where(action => allows.All(allow => allow.IsAboutAction(action)))];
    }

    // AWS adds actions and services; one that a statement allows by name is taken to be there.
    private static bool IsNew(Glob pattern, string service) =>
        pattern.Pattern.IndexOf(':') is > 0 and var colon && new Glob(pattern.Pattern.Substring(0, colon)) is { IsLiteral: true } prefix
        && (prefix.Pattern == service ? pattern.IsLiteral : KnownActions.Of(prefix.Pattern).Count == 0);

    private static IReadOnlyList<Glob> Patterns(IReadOnlyList<Statement> allows, IReadOnlyList<Statement> denies, Work work)
    {
        var granted = allows.Where(allow => !allow.ExceptsActions).Aggregate<Statement, IReadOnlyList<Glob>>([AnyAction], (within, allow) => Globs.Narrow(within, allow.ActionPatterns.All, work));
        return Globs.NarrowedInTurn(granted, [.. denies.Where(deny => deny.ExceptsActions).Select(deny => deny.ActionPatterns.All)], work);
    }
}
