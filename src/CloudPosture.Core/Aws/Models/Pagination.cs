using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Aws.Models;

/// <summary>How an operation's answers are paged, from the published paginators.</summary>
/// <param name="InputTokens">Input members that carry the position.</param>
/// <param name="OutputTokens">Output paths that hold the next position, in the order of <paramref name="InputTokens"/>.</param>
/// <param name="MoreResults">An output path that is true while more pages follow, where the service has one.</param>
/// <param name="LimitKey">The input member that bounds a page, where there is one.</param>
/// <param name="ResultKeys">The output paths that hold the items.</param>
public sealed record Pagination(
    IReadOnlyList<string> InputTokens,
    IReadOnlyList<string> OutputTokens,
    string? MoreResults,
    string? LimitKey,
    IReadOnlyList<string> ResultKeys)
{
    /// <summary>Whether an output member tells where the next page is, or whether there is one.</summary>
    /// <param name="member">The member's name.</param>
    public bool Tells(string member) => MoreResults == member || OutputTokens.Contains(member);
}
