using System.Collections.Generic;

namespace CloudPosture.Reporting.Content;

/// <summary>How the findings answer requirements in each account.</summary>
/// <param name="AccountIds">The columns.</param>
/// <param name="Rows">The requirements that any finding answers.</param>
internal sealed record RequirementMatrix(IReadOnlyList<string> AccountIds, IReadOnlyList<RequirementRow> Rows)
{
    /// <summary>No requirement is answered.</summary>
    public static readonly RequirementMatrix Empty = new([], []);
}
