using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>Who may ask in the world of the comparison: own, a named vendor's, a stranger's; signed, without credentials, with a token.</summary>
internal static class Actors
{
    public const string Own = Given.AccountId;
    public const string Vendor = "444455556666";
    public const string OwnOrganization = "o-ownownown1";
    public const string GitHub = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";

    // Paths of roles may hold colons, and their sessions' names leave them out.
    private const string InPath = Own + ":x/";
    private const string Subject = "token.actions.githubusercontent.com:sub";
    private const string Audience = "token.actions.githubusercontent.com:aud";
    private static readonly string[] StrangerAccounts = ["999999999999", "111199999999"];

    // Nothing tells in which VPC an endpoint is that a policy names.
    private static readonly string[][] Endpoints = [Endpoint("zzz", "zzz"), Endpoint("own", "own"), Endpoint("own", "zzz"), Endpoint("zzz", "own")];
    private static readonly string[]?[] Truth = [["true"], ["false"]];
    private static readonly string[]?[] Tags = [null, ["red"], ["blue"], ["reddish"], ["zzz"], [Own], ["o-ownownown1"], ["o-zzz"]];

    /// <summary>Nobody that a policy names.</summary>
    public static IEnumerable<Actor> Strangers(string[] actions) =>
        StrangerAccounts.SelectMany(account => Signed(account, actions, [null, ["o-zzz"]], isStranger: true)).Append(Anonymous(actions, isStranger: true));

    /// <summary>Everyone outside the account; whatever a policy names may be theirs.</summary>
    public static IEnumerable<Actor> Outsiders(string[] actions) =>
        StrangerAccounts.Append(Vendor).SelectMany(account => Signed(account, actions, [null, ["o-zzz"], ["o-vendor"], [OwnOrganization]], isStranger: false)).Append(Anonymous(actions, isStranger: false));

    /// <summary>Everyone at all.</summary>
    public static IEnumerable<Actor> Everyone(string[] actions) =>
        Outsiders(actions).Concat(Signed(Own, actions, [[OwnOrganization]], isStranger: false));

    /// <summary>The vendor and strangers, outside the organization, who do not give the external ID that a policy names.</summary>
    public static IEnumerable<Actor> ThirdParties(string[] actions) =>
        StrangerAccounts.Append(Vendor).SelectMany(account => Signed(account, actions, [null, ["o-vendor"], ["o-zzz"]], isStranger: false))
            .Select(actor => actor with { Choices = [.. actor.Choices.Where(choice => choice.Key != "sts:ExternalId"), ("sts:ExternalId", [null, ["zz"], ["zzzzzzzz"]])] });

    /// <summary>Somebody with a token of GitHub's, for a repository of theirs.</summary>
    public static IEnumerable<Actor> Tokens() =>
    [
        new Actor([GitHub], Facts(), [
            (Subject, [["repo:zzz/app:ref:refs/heads/main"], ["repo:own-zzz/app:environment:prod"], ["repo:zzz/own/app:environment:prod"], ["repo:zzz/app:environment:prod"], ["repo:zzz/zzz:environment:prod"]]),
            (Audience, [["sts.amazonaws.com"], ["zzz"], ["*"]]),
            ("aws:SecureTransport", Truth)], ["sts:AssumeRoleWithWebIdentity"]),
        new Actor(["accounts.google.com"], Facts(), [("accounts.google.com:aud", [["zzz"]]), ("accounts.google.com:sub", [["zzz"]]), ("aws:SecureTransport", Truth)], ["sts:AssumeRoleWithWebIdentity"]),
    ];

    /// <summary>An identity of the account that asks for what no policy singles out.</summary>
    public static Actor Identity(string[] actions) => new([], Facts(("aws:principalaccount", Own), ("aws:resourceaccount", Own), ("aws:principalorgid", OwnOrganization), ("aws:requestedregion", "zz-zzz-1"), ("aws:principalisawsservice", "false")), [
        ("aws:MultiFactorAuthPresent", [null, .. Truth]),
        ("aws:SecureTransport", Truth),
        ("aws:Source|", [.. new[] { "1.2.3.4", "150.7.7.7", "10.1.1.1", "203.0.113.5", "2600::1", "a600::1" }.Select(address => new[] { "aws:sourceip=" + address }), .. Endpoints]),
        ("aws:PrincipalTag/team", Tags),
        ("aws:PrincipalArn", [[$"arn:aws:iam::{Own}:user/u"], [$"arn:aws:iam::{Own}:role/r"], [$"arn:aws:iam::{Own}:role/admin"]]),
    ], actions);

    /// <summary>An identity of the account that asks for whatever there is.</summary>
    public static Actor Holder(string[] actions) => new([], Facts(("aws:principalaccount", Own), ("aws:resourceaccount", Own), ("aws:principalorgid", OwnOrganization), ("aws:principalisawsservice", "false")), [
        .. Identity(actions).Choices,
        ("aws:RequestedRegion", [["us-east-1"], ["zz-zzz-1"]]),
        ("aws:ResourceTag/x", [null, ["a"], ["zzz"]]),
        ("aws:RequestTag/x", [null, ["zzz"]]),
        ("iam:PassedToService", [null, ["zzz"]]),
        ("s3:prefix", [null, ["x"], ["zzz"]]),
    ], actions);

    private static Actor Anonymous(string[] actions, bool isStranger) =>
        new([], Facts(("aws:principalaccount", "anonymous"), ("aws:principaltype", "Anonymous"), ("aws:resourceaccount", Own), ("aws:resourceorgid", OwnOrganization)), Ways(null, isStranger), actions);

    private static IEnumerable<Actor> Signed(string account, string[] actions, string[]?[] organizations, bool isStranger) =>
        from who in new[] { "user/u", "role/r", "role/admin", $"role/{InPath}r", $"role/{Own}:x", "federated-user/f" }
        where who[0] != 'f' || !actions.Contains("sts:AssumeRole")
        from session in who is "role/r" ? ["s", "other"] : new[] { "s" }
        select new Actor(
            [account, $"arn:aws:iam::{account}:root", who[0] == 'f' ? $"arn:aws:sts::{account}:{who}" : $"arn:aws:iam::{account}:{who}", $"arn:aws:sts::{account}:assumed-{who.Replace(InPath, "")}/{session}"],
            Facts(("aws:principalaccount", account), ("aws:resourceaccount", Own), ("aws:resourceorgid", OwnOrganization), ("aws:principalarn", $"arn:aws:{(who[0] == 'f' ? "sts" : "iam")}::{account}:{who}"), ("aws:principalisawsservice", "false"), ("aws:principaltype", who[0] switch { 'u' => "User", 'f' => "FederatedUser", _ => "AssumedRole" })),
            [
                // The organization and the path in it are one choice.
                ("aws:PrincipalOrg|", [.. organizations.Select(id => id is null ? [] : new[] { $"aws:principalorgid={id[0]}", $"aws:principalorgpaths={id[0]}/r-1/ou-1/" })]),
                ("aws:PrincipalTag/team", Tags),
                ("aws:MultiFactorAuthPresent", [null, .. Truth]),
                ("sts:ExternalId", [null, ["abc"], ["zzzzzzzz"]]),
                .. Ways(account, isStranger),
            ],
            actions);

    private static (string Key, string[]?[] Values)[] Ways(string? account, bool isStranger) =>
    [
        ("aws:SecureTransport", Truth),
        ("aws:TagKeys", [null, ["a"], ["b"], ["zz"], ["a", "b"], ["a", "zz"], ["b", "zz"], ["*"]]),
        ("aws:Source|", [
            .. (isStranger ? ["8.8.8.8", "150.7.7.7", "2600::1", "a600::1"] : new[] { "8.8.8.8", "150.7.7.7", "2600::1", "a600::1", "203.0.113.5", "10.1.1.1" }).Select(address => new[] { "aws:sourceip=" + address }),
            .. isStranger ? [Endpoint("zzz", "zzz")] : Endpoints,
        ]),
    ];

    private static string[] Endpoint(string vpc, string endpoint) => [$"aws:sourcevpc=vpc-{vpc}", $"aws:sourcevpce=vpce-{endpoint}"];

    private static Dictionary<string, string[]> Facts(params (string Key, string Value)[] facts) => facts.ToDictionary(fact => fact.Key, fact => new[] { fact.Value });
}
