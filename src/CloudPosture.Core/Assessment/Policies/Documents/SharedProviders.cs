using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Keys;

namespace CloudPosture.Assessment.Policies.Documents;

/// <summary>
/// The OpenID Connect providers that many tenants share, and the claims of which one must tell a tenant's tokens from another's: those
/// of IAM's page on identity-provider controls for shared providers, and the public ones that AWS knows by itself.
/// </summary>
internal static class SharedProviders
{
    private const string Marker = ":oidc-provider/";
    private const string Sentinel = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d";

    private static readonly Dictionary<string, SharedProvider> Known = new SharedProvider[]
    {
        new("token.actions.githubusercontent.com", ["sub"], 1, "repo:*~*/*"),
        new("vstoken.actions.githubusercontent.com", ["sub"], 1, "repo:*~*/*"),
        new("oidc-configuration.audit-log.githubusercontent.com", ["sub"], null, "*~*"),
        new("gitlab.com", ["sub"], 1, "project_path:*~*/*"),
        new("agent.buildkite.com", ["sub"], 1, "organization:*~*:*"),
        new("app.terraform.io", ["sub"], 1, "organization:*~*:*"),
        new("oidc.codefresh.io", ["sub"], 1, "account:*~*:*"),
        new("studio.datachain.ai/api", ["sub"], 1, "credentials:*~*/*"),
        new("scalr.io", ["sub"], 1, "account:*~*:*"),
        new("tokens.cloud.shisho.dev", ["sub"], 1, "job:*~*:*"),
        new("proidc.upbound.io", ["sub"], 1, "mcp:*~*/*"),
        new("api.pulumi.com/oidc", ["aud"], null, "*~*"),
        new("sandboxes.cloud", ["aud"], null, "*~*"),
        new("oidc.vercel.com", ["aud"], null, "*~*"),
        Turbonomic("rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7"),
        Turbonomic("rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr"),
        Turbonomic("rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg"),
        Turbonomic("rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26"),
        Turbonomic("oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb"),
        Turbonomic("oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu"),
        new("accounts.google.com", ["sub", "aud", "oaud"], null, "*~*"),
        new("cognito-identity.amazonaws.com", ["sub", "aud"], null, "*~*"),
        new("graph.facebook.com", ["id", "app_id"], null, "*~*"),
        new("www.amazon.com", ["user_id", "app_id"], null, "*~*"),
    }.ToDictionary(provider => provider.Host, StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of all.</summary>
    public static IEnumerable<string> Hosts => Known.Keys.Append(Sentinel);

    /// <summary>Those whose tokens AWS takes without a provider in the account.</summary>
    public static readonly IReadOnlyList<string> BuiltIn = ["accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"];

    /// <summary>Whether tokens of the provider that a principal names can be had by everyone.</summary>
    public static bool IsShared(string principal) => principal == "*" || Known.ContainsKey(HostOf(principal)) || IsSentinel(principal);

    /// <summary>What a claim can be in the tokens of a tenant that no policy names.</summary>
    /// <param name="principal">The federated principal.</param>
    /// <param name="key">The condition key in lower case.</param>
    public static Domain ClaimOf(string principal, string key)
    {
        var host = HostOf(principal);
        if (key == "sts:rolesessionname")
        {
            return IsSentinel(principal) ? Domain.Shaped(KeyDomains.IsFresh, "*~*") : Domain.Anything;
        }

        var colon = key.LastIndexOf(':');
        return !string.Equals(key.Substring(0, colon), host, StringComparison.OrdinalIgnoreCase) ? Domain.Absent
            : !Known.TryGetValue(host, out var provider) || !provider.Claims.Contains(key.Substring(colon + 1), StringComparer.Ordinal) ? OtherClaim(key.Substring(colon + 1))
            : provider.Owner is { } place
                ? Domain.Shaped(value => NamesStranger(value, place), provider.Shape, "*:*~*")
                : Domain.Shaped(KeyDomains.IsFresh, provider.Shape);
    }

    // The clusters that IBM runs for its customers, each of whom has a namespace there. Other clusters at these hosts have one owner.
    private static SharedProvider Turbonomic(string cluster) => new(cluster, ["sub"], 2, "system:serviceaccount:*~*:*");

    // Every token has a subject and an audience.
    private static Domain OtherClaim(string claim) => claim is "sub" or "aud" ? Domain.Anything : Domain.AnythingOrAbsent;

    private static bool NamesStranger(string claim, int place) =>
        claim.Split(':', '/') is var parts && KeyDomains.IsFresh(parts[Math.Min(place, parts.Length - 1)]);

    /// <summary>The ARN that an account's provider of an address has.</summary>
    public static string ArnOf(Owner owner, string host) => $"arn:{owner.Partition}:iam::{owner.AccountId}{Marker}{host}";

    private static string HostOf(string principal) =>
        principal.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at ? principal.Substring(at + Marker.Length) : principal;

    private static bool IsSentinel(string principal) => string.Equals(HostOf(principal).TrimEnd('/'), Sentinel, StringComparison.OrdinalIgnoreCase);
}
