using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Assessment.Derived;

/// <summary>Whether one statement alone is about all of something: what identity policies are asked that nobody has to reach.</summary>
internal static class StatementCoverage
{
    /// <summary>Whether the statement is about everything that the action pattern matches.</summary>
    public static bool Covers(this Statement statement, Wildcard action, Wildcard resource)
    {
        var actions = statement.Actions.Select(pattern => new Wildcard(pattern.ToString()!, ignoreCase: true));
        var resources = statement.Resources.Select(pattern => new Wildcard(pattern.ToString()!, ignoreCase: false));
        return (statement.ExceptsActions ? !actions.Any(excepted => excepted.Overlaps(action)) : actions.Any(pattern => pattern.Covers(action)))
            && (statement.ExceptsResources ? !resources.Any(excepted => excepted.Overlaps(resource)) : resources.Any(pattern => pattern.Covers(resource)));
    }

    /// <summary>Whether the statement is about the action, on whatever resource.</summary>
    public static bool CoversAction(this Statement statement, Wildcard action)
    {
        var actions = statement.Actions.Select(pattern => new Wildcard(pattern.ToString()!, ignoreCase: true));
        return statement.ExceptsActions ? !actions.Any(excepted => excepted.Overlaps(action)) : actions.Any(pattern => pattern.Covers(action));
    }
}
