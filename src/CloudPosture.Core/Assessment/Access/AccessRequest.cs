using System.Collections.Generic;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Access;

/// <summary>A request to judge.</summary>
/// <param name="Principal">The ARN of the user or role that asks.</param>
/// <param name="Action">The action, in any case (<c>iam:PassRole</c>).</param>
/// <param name="Resource">The ARN it is about; <c>*</c> for actions on no resource.</param>
public sealed record AccessRequest(string Principal, string Action, string Resource)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NothingKnown = [];

    /// <summary>The account that owns the resource, where its ARN does not say; null where the ARN does, or it is the principal's.</summary>
    public string? ResourceAccountId { get; init; }

    /// <summary>The condition keys that are known, in any case, with their values; none for a key that is known to be absent. What is not listed is unknown.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Context { get; init; } = NothingKnown;

    /// <summary>Who asks: by a signature, unless it is a service, a provider's token, or nobody in particular.</summary>
    internal RequesterKind Kind { get; init; } = RequesterKind.Signed;

    /// <summary>What is known of the principal in each of its requests; its keys compare without regard to case.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> PrincipalContext { get; init; } = NothingKnown;

    /// <summary>Beginnings of keys in lower case of which all that are there are listed.</summary>
    internal IReadOnlyList<string> ListedPrefixes { get; init; } = [];
}
