using System.Linq;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Policies;

/// <summary>How far a resource's policy opens it, and by what.</summary>
/// <param name="Reach">How far.</param>
/// <param name="Statement">The statement that opens it that far; null where none does.</param>
/// <param name="Principal">The principal it opens it to.</param>
/// <param name="IsUndecided">Whether the policy was too hard to judge, so that it may reach further.</param>
/// <param name="Doubt">What in the policy could not be understood; null where it is its size.</param>
internal readonly record struct Exposure(Reach Reach, Statement? Statement, Principal? Principal, bool IsUndecided = false, string? Doubt = null)
{
    private const int MaxActions = 3;

    /// <summary>Why it is not decided.</summary>
    public string WhyUndecided => Doubt ?? "the policy has more combinations than can be judged";

    /// <summary>The statement, what it allows, and to whom.</summary>
    public string Describe()
    {
        if (Statement is null)
        {
            return "";
        }

        var actions = string.Join(", ", Statement.Actions.Take(MaxActions)) + (Statement.Actions.Count > MaxActions ? ", …" : "");
        var who = Statement.ExceptsPrincipals ? "everyone but its NotPrincipal" : $"{Principal?.Kind} {Principal?.Value}";
        return $"{Statement.Label} allows {(Statement.ExceptsActions ? "all but " : "")}{actions} to {who}{(Statement.Conditions.Count == 0 ? "" : " under " + string.Join(", ", Statement.Conditions.Select(condition => condition.Key).Distinct()))}";
    }
}
