using System;
using System.Collections.Generic;
using CloudPosture.Lake;

namespace CloudPosture.Findings;

/// <summary>What of an account two moments both tell of: what only one of them looked at says nothing about change.</summary>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="Before">The catalog's names of the services that the earlier moment tells of; null for all.</param>
/// <param name="After">Those of the later one; null for all.</param>
internal sealed record ComparedAccount(string AccountId, IReadOnlyCollection<string>? Before, IReadOnlyCollection<string>? After)
{
    /// <summary>Whether a service can be compared.</summary>
    public bool Tells(string service) => Before?.Contains(service) != false && After?.Contains(service) != false;

    /// <summary>The services that only one of the moments tells of, sorted; empty where it is not known which those are.</summary>
    public IReadOnlyList<string> Uncompared =>
        Before is null || After is null ? [] : [.. Before.Except(After).Concat(After.Except(Before)).OrderBy(service => service, StringComparer.Ordinal)];
}
