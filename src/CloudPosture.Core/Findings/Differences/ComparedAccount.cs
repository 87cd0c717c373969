using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Findings.Differences;

/// <summary>What of an account two moments both tell of: what only one of them looked at says nothing about change.</summary>
/// <param name="AccountId">The account, 12 digits.</param>
/// <param name="Before">The catalog's names of the services that the earlier moment tells of; null for all.</param>
/// <param name="After">Those of the later one; null for all.</param>
internal sealed record ComparedAccount(string AccountId, IReadOnlyCollection<string>? Before, IReadOnlyCollection<string>? After)
{
    /// <summary>Whether a service can be compared.</summary>
    public bool Tells(string service) => Before?.Contains(service) != false && After?.Contains(service) != false;

    /// <summary>What only one of the moments tells of; nothing where it is not known which services those are.</summary>
    public IEnumerable<UncomparedPart> Uncompared() =>
        this is { Before.Count: 0, After.Count: 0 } ? []
        : Before is { Count: 0 } || After is { Count: 0 } ? [new UncomparedPart(AccountId, [], Before is not { Count: 0 })]
        : Before is null || After is null ? []
        : Parts(Before.Except(After), isOnlyBefore: true).Concat(Parts(After.Except(Before), isOnlyBefore: false));

    private IEnumerable<UncomparedPart> Parts(IEnumerable<string> services, bool isOnlyBefore) =>
        services.OrderBy(service => service, StringComparer.Ordinal).ToList() is { Count: > 0 } left ? [new UncomparedPart(AccountId, left, isOnlyBefore)] : [];
}
