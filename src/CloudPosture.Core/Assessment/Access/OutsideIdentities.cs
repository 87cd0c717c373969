using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Access;

/// <summary>Finds whom the policy of a resource lets in from outside the accounts that were harvested.</summary>
internal static class OutsideIdentities
{
    /// <summary>What a principal of another account may do as far as its own account goes: no harvest knows, and so anything.</summary>
    public static AccessPolicy Whatever { get; } = new("its own account", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    /// <summary>Those whom a policy names for an action.</summary>
    /// <param name="policy">The policy; null for none.</param>
    /// <param name="action">The action, in any case.</param>
    /// <param name="isKnown">Tells the accounts that were harvested.</param>
    public static IEnumerable<Identity> In(AccessPolicy? policy, string action, Func<string, bool> isKnown) => (policy?.Statements ?? [])
        .Where(statement => statement.IsAllow && statement.IsAboutAction(action.ToLowerInvariant()))
        .SelectMany(statement => statement.ExceptsPrincipals ? [Principal.Everyone] : statement.Principals)
        .Where(principal => !principal.IsDeleted && (principal.AccountId is not { } account || !isKnown(account)))
        .Select(Of)
        .GroupBy(identity => identity.Arn, StringComparer.Ordinal)
        .Select(same => same.First());

    private static Identity Of(Principal principal)
    {
        var account = principal.AccountId;
        var (kind, arn) = principal.Kind switch
        {
            PrincipalKind.Service => (IdentityKind.Service, principal.Value),
            PrincipalKind.Federated => (IdentityKind.Provider, principal.Value),
            _ when principal.IsAny || account is null => (IdentityKind.Everyone, "*"),
            _ => (IdentityKind.Outside, AccountIds.IsValid(principal.Value) ? $"arn:aws:iam::{account}:root" : principal.Value),
        };
        return new Identity
        {
            Kind = kind,
            Arn = arn,
            Name = kind == IdentityKind.Outside ? Arn.NameOf(arn) ?? arn : arn,
            AccountId = account ?? "",
            Policies = kind == IdentityKind.Outside ? [Whatever] : [],
        };
    }
}
