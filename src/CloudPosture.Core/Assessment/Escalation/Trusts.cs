using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Reads the trust policies of roles: which services they trust, which accounts, and whom by name.</summary>
internal sealed class Trusts(IdentityEstate estate)
{
    private const string TokenService = "cognito-identity.amazonaws.com";
    private readonly Dictionary<(Identity Role, string Service), AccessDecision> _services = [];

    /// <summary>What a service is called in a partition, so that trust policies name it.</summary>
    public static IReadOnlyList<string> NamesOf(string service, string partition) => partition == "aws-cn" ? [service, service + ".cn"] : [service];

    /// <summary>Whether a role lets a service in.</summary>
    public AccessDecision Of(Identity role, string service)
    {
        if (!_services.TryGetValue((role, service), out var decision))
        {
            var isToken = service == TokenService;
            var who = new Identity { Kind = isToken ? IdentityKind.Provider : IdentityKind.Service, Arn = service, Name = service, AccountId = "" };
            _services[(role, service)] = decision = estate.Decide(who, new Ask(isToken ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole", role.Arn)
            {
                AccountId = role.AccountId,
                ResourcePolicy = role.Trust,
                Context = isToken ? [] : [new("aws:SourceAccount", [role.AccountId])],
            });
        }

        return decision;
    }

    /// <summary>Whether a role may let a service in.</summary>
    public bool MayTrust(Identity role, string service) => Of(role, service).Outcome is AccessOutcome.Allowed or AccessOutcome.Unknown;

    /// <summary>The accounts that a role trusts as a whole, and whom it trusts by name; <c>*</c> stands for every account.</summary>
    public static (IReadOnlyCollection<string> Accounts, IReadOnlyCollection<string> Names) Signed(Identity role)
    {
        HashSet<string> accounts = new(StringComparer.Ordinal), names = new(StringComparer.Ordinal);
        foreach (var allow in (role.Trust?.Statements ?? []).Where(statement => statement.IsAllow && statement.IsAboutAction("sts:assumerole")))
        {
            if (allow.ExceptsPrincipals)
            {
                accounts.Add("*");
                continue;
            }

            foreach (var principal in allow.Principals.Where(principal => principal.Kind is PrincipalKind.Aws or PrincipalKind.Everyone && !principal.IsDeleted))
            {
                if (principal.IsAny || principal.AccountId is null)
                {
                    accounts.Add("*");
                }
                else if (principal.IsWholeAccount)
                {
                    accounts.Add(principal.AccountId);
                }
                else
                {
                    names.Add(principal.Value);
                }
            }
        }

        return (accounts, names);
    }

    /// <summary>The identity providers whose tokens a role takes.</summary>
    public static IEnumerable<string> Providers(Identity role) => (role.Trust?.Statements ?? [])
        .Where(statement => statement is { IsAllow: true, ExceptsPrincipals: false })
        .SelectMany(statement => statement.Principals)
        .Where(principal => principal.Kind == PrincipalKind.Federated)
        .Select(principal => principal.Value)
        .Distinct(StringComparer.Ordinal);
}
