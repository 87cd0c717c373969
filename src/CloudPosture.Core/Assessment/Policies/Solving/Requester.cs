using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>Somebody who may ask, as far as policies can tell one from another.</summary>
internal sealed class Requester : IVariables
{
    private readonly Dictionary<string, Domain> _domains = new(StringComparer.Ordinal);

    public required RequesterKind Kind { get; init; }

    public required Sphere Sphere { get; init; }

    public required Owner Owner { get; init; }

    /// <summary>The account; null for one that no policy names.</summary>
    public string? AccountId { get; init; }

    /// <summary>Accounts that a requester of no named account is not of, since others stand for them.</summary>
    public IReadOnlyCollection<string> Apart { get; init; } = [];

    /// <summary>The ARN, service, provider or canonical id; null for any.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the request comes through a VPC endpoint rather than over the Internet.</summary>
    public bool ThroughEndpoint { get; init; }

    /// <summary>The account of what a holder of policies asks for; null for any.</summary>
    public string? ResourceAccountId { get; init; }

    /// <summary>The only action that is asked for; null for any.</summary>
    public string? OnlyAction { get; init; }

    /// <summary>The protocol of a subscription that is asked for; null where that does not matter.</summary>
    public string? Protocol { get; init; }

    /// <summary>Addresses that requests of a stranger do not come from, since a policy names them.</summary>
    public IReadOnlyList<IpRange> Reserved { get; init; } = [];

    /// <summary>What a key, in lower case, is in the requests that are asked about, whoever sends them; null for what it can be in any of the requester's.</summary>
    public Func<string, Domain?>? Fixed { get; init; }

    /// <summary>Whether a principal element names the requester.</summary>
    public bool Is(Principal principal) => principal.Kind switch
    {
        PrincipalKind.Everyone => true,
        PrincipalKind.Service => Kind == RequesterKind.Service && (principal.IsAny || Name is null || Names(principal)),
        PrincipalKind.Federated => Kind == RequesterKind.Federated && (principal.IsAny || Names(principal)),
        PrincipalKind.CanonicalUser => Kind == RequesterKind.Canonical && Names(principal),
        _ => Kind == RequesterKind.Signed && (principal.IsAny || Names(principal) || (principal.IsWholeAccount && AccountId is not null && principal.AccountId == AccountId)),
    };

    /// <summary>Whether a statement is about the requester.</summary>
    public bool IsMeantBy(Statement statement)
    {
        var isNamed = false;
        for (var i = 0; i < statement.Principals.Count && !isNamed; i++)
        {
            isNamed = Is(statement.Principals[i]);
        }

        return isNamed != statement.ExceptsPrincipals;
    }

    /// <summary>What a key can be in the requester's requests.</summary>
    /// <param name="key">The key in lower case.</param>
    public Domain Of(string key)
    {
        if (!_domains.TryGetValue(key, out var domain))
        {
            _domains[key] = domain = Fixed?.Invoke(key) ?? KeyDomains.Of(this, key);
        }

        return domain;
    }

    public string? ValueOf(string key) => KeyDomains.VariableOf(this, key);

    private bool Names(Principal principal) =>
        string.Equals(Name, principal.Value, StringComparison.Ordinal) || (principal.Kind == PrincipalKind.Aws && Name is not null && Arn.IsSessionOf(Name, principal.Value));
}
