using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Conditions;

/// <summary>What rules need to know of an account before its resources are assessed one by one.</summary>
internal sealed class AccountNeeds
{
    /// <summary>Types whose resources are kept, because conditions look them up.</summary>
    public HashSet<string> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts that are taken while the account streams by.</summary>
    public List<TalliedCount> Counts { get; } = [];

    /// <summary>What is kept of many types at once while the account streams by.</summary>
    public HashSet<DigestKind> Digests { get; } = [];

    /// <summary>The types that the digests are made of.</summary>
    public HashSet<string> DigestTypes { get; } = new(StringComparer.Ordinal);

    public void Add(AccountNeeds other)
    {
        Digests.UnionWith(other.Digests);
        DigestTypes.UnionWith(other.DigestTypes);
        Kept.UnionWith(other.Kept);
        Counts.AddRange(other.Counts);
    }
}
