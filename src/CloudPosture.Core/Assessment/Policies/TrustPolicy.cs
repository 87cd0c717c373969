using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Policies;

/// <summary>Answers who may assume a role.</summary>
internal static class TrustPolicy
{
    private const string OidcMarker = ":oidc-provider/";
    private const string ExternalIdKey = "sts:externalid";
    private static readonly Wildcard AssumeRole = new("sts:AssumeRole", ignoreCase: true);

    // Providers that serve everyone, and the claims that tell one customer's tokens from another's.
    private static readonly Dictionary<string, string[]> SharedProviders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["token.actions.githubusercontent.com"] = ["sub"],
        ["gitlab.com"] = ["sub"],
        ["app.terraform.io"] = ["sub"],
        ["agent.buildkite.com"] = ["sub"],
        ["accounts.google.com"] = ["sub", "aud", "oaud"],
        ["cognito-identity.amazonaws.com"] = ["sub", "aud"],
        ["graph.facebook.com"] = ["id", "app_id"],
        ["www.amazon.com"] = ["user_id", "app_id"],
    };

    /// <summary>How far the role is open by its trust policy, identity providers that serve everyone included.</summary>
    public static Exposure ExposureOf(PolicyDocument policy, string accountId)
    {
        var exposure = ResourcePolicy.ExposureOf(policy, accountId);
        if (exposure.Reach == Reach.Public)
        {
            return exposure;
        }

        foreach (var statement in policy.Statements.Where(statement => statement.IsAllow && !statement.ExceptsPrincipals))
        {
            if (statement.Principals.FirstOrDefault(principal => IsOpenProvider(statement, principal)) is { } open)
            {
                return new Exposure(Reach.Public, statement, open);
            }
        }

        return exposure;
    }

    /// <summary>A statement that trusts another owner's account without an external ID, and that account; null where there is none.</summary>
    /// <param name="policy">The trust policy.</param>
    /// <param name="knownAccounts">The accounts of the same owner.</param>
    /// <param name="accountId">The role's account.</param>
    public static (Statement Statement, string Account)? ThirdPartyWithoutExternalId(PolicyDocument policy, ICollection<string> knownAccounts, string accountId)
    {
        foreach (var statement in policy.Statements)
        {
            if (!statement.IsAllow || !statement.CoversAction(AssumeRole) || RequiresExternalId(statement) || Confinement.Of(statement.Conditions, accountId) == Reach.Own || IsOwnOrganization(statement))
            {
                continue;
            }

            var accounts = statement.Principals.Any(principal => principal.Kind == PrincipalKind.Everyone)
                ? ConfiningAccounts(statement)
                : statement.Principals.Select(principal => principal.AccountId);
            if (accounts.FirstOrDefault(account => account is not null && !knownAccounts.Contains(account)) is { } stranger)
            {
                return (statement, stranger);
            }
        }

        return null;
    }

    private static bool RequiresExternalId(Statement statement) => statement.Conditions.Any(condition =>
        condition.Key == ExternalIdKey && !condition.HoldsWhenAbsent
        && condition.Operator is "stringequals" or "stringlike" or "stringequalsignorecase"
        && condition.Values.All(value => value.Trim('*', '?').Length > 0));

    private static bool IsOwnOrganization(Statement statement) => statement.Conditions.Any(condition =>
        condition.Key is "aws:principalorgid" or "aws:principalorgpaths" && Confinement.Of(condition, "") != Reach.Public);

    private static IEnumerable<string?> ConfiningAccounts(Statement statement) => statement.Conditions
        .Where(condition => condition.Key is "aws:principalaccount" or "aws:principalarn" && Confinement.Of(condition, "") != Reach.Public)
        .SelectMany(condition => condition.Values)
        .Select(value => Principal.Aws(value).AccountId);

    private static bool IsOpenProvider(Statement statement, Principal principal)
    {
        if (principal.Kind != PrincipalKind.Federated)
        {
            return false;
        }

        var marker = principal.Value.IndexOf(OidcMarker, StringComparison.Ordinal);
        var provider = marker < 0 ? principal.Value : principal.Value.Substring(marker + OidcMarker.Length);
        return provider == "*"
            || (SharedProviders.TryGetValue(provider, out var claims)
                && !statement.Conditions.Any(condition => claims.Any(claim => ConfinesClaim(condition, $"{provider.ToLowerInvariant()}:{claim}"))));
    }

    private static bool ConfinesClaim(PolicyCondition condition, string key) =>
        condition.Key == key && !condition.HoldsWhenAbsent && condition.Values.Count > 0
        && condition.Values.All(value => condition.Operator switch
        {
            "stringequals" or "stringequalsignorecase" => !value.Contains("${"),
            "stringlike" => NamesOwner(value),
            _ => false,
        });

    // repo:owner/* names an owner; repo:* or repo:own* are open to whoever registers a fitting name.
    private static bool NamesOwner(string pattern)
    {
        var wildcard = pattern.IndexOfAny(['*', '?', '$']);
        if (wildcard < 0)
        {
            return true;
        }

        var stem = pattern.Substring(0, wildcard);
        return stem.Substring(stem.IndexOf(':') + 1).IndexOfAny(['/', ':']) > 0;
    }
}
