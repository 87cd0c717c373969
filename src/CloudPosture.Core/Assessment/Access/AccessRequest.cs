using System.Collections.Generic;

namespace CloudPosture.Assessment.Access;

/// <summary>A request to judge.</summary>
/// <param name="Principal">The ARN of the user or role that asks.</param>
/// <param name="Action">The action, in any case (<c>iam:PassRole</c>).</param>
/// <param name="Resource">The ARN it is about; <c>*</c> for actions on no resource.</param>
public sealed record AccessRequest(string Principal, string Action, string Resource)
{
    /// <summary>The account that owns the resource, where its ARN does not say; null where the ARN does, or it is the principal's.</summary>
    public string? ResourceAccountId { get; init; }

    /// <summary>The condition keys that are known, in any case, with their values; none for a key that is known to be absent. What is not listed is unknown.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Context { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
