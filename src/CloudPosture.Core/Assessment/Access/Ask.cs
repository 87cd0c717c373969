using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Access;

/// <summary>What somebody asks for.</summary>
/// <param name="Action">The action, in any case.</param>
/// <param name="Resource">The ARN it is about; <c>*</c> for actions on no resource.</param>
internal sealed record Ask(string Action, string Resource)
{
    /// <summary>The resource's account, where its ARN does not say and it is not the identity's.</summary>
    public string? AccountId { get; init; }

    /// <summary>The resource's own policy; a role's trust policy.</summary>
    public AccessPolicy? ResourcePolicy { get; init; }

    /// <summary>The resource's tags; null where they are not known.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The Region that is asked; null where it is not known.</summary>
    public string? Region { get; init; }

    /// <summary>Other condition keys that are known; an empty list for one that is absent.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Context { get; init; } = [];

    /// <summary>The beginnings of the keys of tags.</summary>
    public IReadOnlyList<string> TagPrefixes => ["aws:resourcetag/", Service + ":resourcetag/"];

    private string Service => Action.IndexOf(':') is > 0 and var colon ? Action.Substring(0, colon).ToLowerInvariant() : "";

    /// <summary>All condition keys that are known.</summary>
    public Dictionary<string, IReadOnlyList<string>> Known()
    {
        var known = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        if (Region is not null)
        {
            known["aws:RequestedRegion"] = [Region];
        }

        foreach (var tag in Tags ?? new Dictionary<string, string>())
        {
            foreach (var prefix in TagPrefixes)
            {
                known[prefix + tag.Key] = [tag.Value];
            }
        }

        foreach (var pair in Context)
        {
            known[pair.Key] = pair.Value;
        }

        return known;
    }
}
