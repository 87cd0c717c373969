using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>The requesters that a question about a policy is asked for.</summary>
internal static class Requesters
{
    private const string SourcePrefix = "aws:source";
    private static readonly bool[] Ways = [false, true];

    /// <summary>Strangers that a statement may let in.</summary>
    /// <param name="allow">The statement.</param>
    /// <param name="denies">The policy's Denies.</param>
    /// <param name="owner">Whose the policy is.</param>
    /// <param name="reserved">Networks that the policy names, and a stranger is not in.</param>
    /// <param name="throughServices">Whether a service that acts for a stranger is one, too.</param>
    public static IEnumerable<Requester> Strangers(Statement allow, IReadOnlyList<Statement> denies, Owner owner, IReadOnlyList<IpRange> reserved, bool throughServices)
    {
        foreach (var (way, protocol) in from way in Ways from protocol in SubscriptionEndpoints.ProtocolsFor(allow, denies) select (way, protocol))
        {
            yield return new Requester { Kind = RequesterKind.Signed, Sphere = Sphere.Stranger, Owner = owner, Reserved = reserved, ThroughEndpoint = way, Protocol = protocol };
            yield return new Requester { Kind = RequesterKind.Anonymous, Sphere = Sphere.Stranger, Owner = owner, Reserved = reserved, ThroughEndpoint = way, Protocol = protocol };
        }

        foreach (var service in Services(allow, throughServices))
        {
            yield return new Requester { Kind = RequesterKind.Service, Sphere = Sphere.Stranger, Owner = owner, Reserved = reserved, Name = service };
        }
    }

    /// <summary>Requesters outside the owner's account, and those it trusts, that a statement may let in.</summary>
    /// <param name="allow">The statement.</param>
    /// <param name="denies">The policy's Denies, of which some may leave others out by name.</param>
    /// <param name="owner">Whose the policy is.</param>
    public static IEnumerable<Requester> Outsiders(Statement allow, IReadOnlyList<Statement> denies, Owner owner)
    {
        if (allow.ExceptsPrincipals || allow.Principals.Any(principal => principal.IsAny && principal.Kind is PrincipalKind.Everyone or PrincipalKind.Aws))
        {
            string[] named = [.. AccountsIn(allow)
                .Concat(DeniedByNameIn(denies))
                .Concat(AccountsInResources(denies.Prepend(allow).ToArray()))
                .Where(account => !owner.IsTrusted(account))
                .Distinct(StringComparer.Ordinal)];
            IEnumerable<string?> accounts = [null, .. named];
            foreach (var requester in from account in accounts
                                      from way in Ways
                                      select new Requester { Kind = RequesterKind.Signed, Sphere = Sphere.Outsider, Owner = owner, AccountId = account, Apart = account is null ? named : [], ThroughEndpoint = way })
            {
                yield return requester;
            }

            foreach (var way in Ways)
            {
                yield return new Requester { Kind = RequesterKind.Anonymous, Sphere = Sphere.Outsider, Owner = owner, ThroughEndpoint = way };
            }

            foreach (var service in Services(allow, throughServices: false))
            {
                yield return new Requester { Kind = RequesterKind.Service, Sphere = Sphere.Outsider, Owner = owner, Name = service };
            }
        }

        // Whom a Deny leaves out by name may be one of those that the statement lets in.
        var excepted = denies.Where(deny => deny.ExceptsPrincipals).SelectMany(deny => deny.Principals);
        foreach (var requester in (allow.ExceptsPrincipals ? [] : allow.Principals)
            .Concat(excepted).Distinct()
            .SelectMany(principal => Named(principal, owner)))
        {
            yield return requester;
        }
    }

    /// <summary>Whomever a statement lets in, of whichever account.</summary>
    /// <param name="allow">The statement.</param>
    /// <param name="denies">The policy's Denies, of which some may leave others out by name.</param>
    /// <param name="owner">Whose the policy is.</param>
    /// <param name="isFixed">What keys are in the requests that are asked about.</param>
    public static IEnumerable<Requester> Admitted(Statement allow, IReadOnlyList<Statement> denies, Owner owner, Func<string, Domain?> isFixed) =>
        from principal in (allow.ExceptsPrincipals ? [Principal.Everyone] : allow.Principals)
            .Concat(denies.Where(deny => deny.ExceptsPrincipals).SelectMany(deny => deny.Principals))
            .Where(principal => !principal.IsDeleted).Distinct()
        from way in Ways
        select new Requester
        {
            Kind = KindOf(principal),
            Sphere = Sphere.Anyone,
            Owner = owner,
            AccountId = principal.AccountId,
            Name = principal.IsAny || principal.IsWholeAccount ? null : principal.Value,
            ThroughEndpoint = way,
            Fixed = isFixed,
        };

    /// <summary>Everyone, as far as Denies tell one from another: someone that no statement names, someone without credentials, and whoever a Deny leaves out by name.</summary>
    /// <param name="denies">The policy's Denies.</param>
    /// <param name="owner">Whose the policy is.</param>
    /// <param name="isFixed">What keys are in the requests that are asked about.</param>
    public static IEnumerable<Requester> Everyone(IReadOnlyList<Statement> denies, Owner owner, Func<string, Domain?> isFixed) =>
        Ways.SelectMany(way => new[] { RequesterKind.Signed, RequesterKind.Anonymous }.Select(kind => new Requester { Kind = kind, Sphere = Sphere.Anyone, Owner = owner, ThroughEndpoint = way, Fixed = isFixed }))
            .Concat(denies.Where(deny => deny.ExceptsPrincipals)
                .SelectMany(deny => deny.Principals)
                .Where(principal => principal.Kind is PrincipalKind.Aws or PrincipalKind.CanonicalUser && !principal.IsDeleted).Distinct()
                .Select(principal => new Requester
                {
                    Kind = KindOf(principal),
                    Sphere = Sphere.Anyone,
                    Owner = owner,
                    AccountId = principal.AccountId,
                    Name = principal.IsWholeAccount ? null : principal.Value,
                    Fixed = isFixed,
                }));

    /// <summary>The account ids that a statement's conditions on principals name.</summary>
    public static IEnumerable<string> AccountsIn(Statement statement) => statement.Conditions
        .Where(condition => condition.Key is "aws:principalaccount" or "aws:principalarn" or "kms:calleraccount")
        .SelectMany(condition => condition.Values)
        .Select(value => Principal.Aws(value.Text).AccountId)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);

    // Where whose request it is decides on the resource, the accounts that resources name are told apart.
    private static IEnumerable<string> AccountsInResources(IReadOnlyList<Statement> statements) =>
        statements.SelectMany(statement => statement.Resources).Select(resource => resource.Text).ToArray() is var texts
        && Array.Exists(texts, text => text.IndexOf("${aws:PrincipalAccount", StringComparison.OrdinalIgnoreCase) >= 0)
            ? texts.SelectMany(text => text.Split('/', ':', '-', '_', '.')).Where(AccountIds.IsValid)
            : [];

    // Accounts that one Deny names as principals and another in a condition, which may be an exception.
    private static IEnumerable<string> DeniedByNameIn(IReadOnlyList<Statement> denies) =>
        denies.SelectMany(deny => deny.Principals)
            .Select(principal => principal.AccountId).OfType<string>()
            .Intersect(denies.SelectMany(AccountsIn), StringComparer.Ordinal);

    // Requests in which a service acts for somebody are meant where the source is asked for, or a service is named.
    private static IEnumerable<string?> Services(Statement allow, bool throughServices) =>
        allow.ExceptsPrincipals ? []
        : allow.Principals.Any(principal => principal.Kind == PrincipalKind.Service && principal.IsAny) ? [null]
        : allow.Principals.Any(principal => principal.IsAny) ? allow.Conditions.Any(IsAboutSource) ? [null] : []
        : throughServices ? allow.Principals.Where(principal => principal.Kind == PrincipalKind.Service && ActsForOthers(principal.Value)).Select(principal => (string?)principal.Value)
        : [];

    private static bool IsAboutSource(PolicyCondition condition) =>
        condition.Key.StartsWith(SourcePrefix, StringComparison.Ordinal) && condition.Key is not ("aws:sourceip" or "aws:sourcevpc" or "aws:sourcevpce" or "aws:sourcevpcarn" or "aws:sourceidentity");

    // These two copy functions to the edge for their own account, and nobody can turn them elsewhere.
    private static bool ActsForOthers(string service) => service is not ("edgelambda.amazonaws.com" or "replicator.lambda.amazonaws.com");

    private static IEnumerable<Requester> Named(Principal principal, Owner owner) =>
        principal.IsAny || principal.IsDeleted || owner.IsTrusted(principal.AccountId ?? AccountOfProvider(principal)) || principal.Kind == PrincipalKind.Service ? []
        : Ways.Select(way => new Requester
        {
            Kind = KindOf(principal),
            Sphere = Sphere.Outsider,
            Owner = owner,
            AccountId = principal.AccountId,
            Name = principal.IsWholeAccount ? null : principal.Value,
            ThroughEndpoint = way,
        });

    // Whom a provider signs in becomes a role of the account that the provider is in; providers of AWS's own name no account.
    private static string? AccountOfProvider(Principal principal) =>
        principal.Kind == PrincipalKind.Federated ? Arn.AccountOf(principal.Value) : null;

    private static RequesterKind KindOf(Principal principal) => principal.Kind switch
    {
        PrincipalKind.Federated => RequesterKind.Federated,
        PrincipalKind.CanonicalUser => RequesterKind.Canonical,
        PrincipalKind.Service => RequesterKind.Service,
        _ => RequesterKind.Signed,
    };
}
