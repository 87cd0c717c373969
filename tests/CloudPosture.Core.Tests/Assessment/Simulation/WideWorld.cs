using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Tests.Assessment.Simulation;

/// <summary>All requests that can differ for a policy: each key that it speaks of takes every value that whoever asks can have there.</summary>
internal static class WideWorld
{
    public const string Own = Given.AccountId;
    public const string Vendor = "444455556666";
    public const string Queue = "arn:aws:sqs:eu-central-1:111122223333:q";
    private static readonly string[] Strangers = ["999999999999", "111199999999"];
    private static readonly string[] Actions = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:PurgeQueue", "sqs:SetQueueAttributes"];
    private static readonly string[]?[] Tags = [null, ["red"], ["blue"], ["reddish"], ["other"], ["111122223333"]];
    private static readonly string[]?[] Truth = [["true"], ["false"]];

    /// <summary>The requests of signed strangers.</summary>
    public static IEnumerable<WideRequest> OfStrangers(string policy) => Strangers.SelectMany(account => Of(policy, account, ["o-zzz"]));

    /// <summary>The requests of signed requesters outside the account.</summary>
    public static IEnumerable<WideRequest> OfOutsiders(string policy) => Strangers.Append(Vendor).SelectMany(account => Of(policy, account, ["o-zzz", "o-vendor", "o-own"]));

    /// <summary>The requests of anyone, strangers and own, that come without TLS.</summary>
    public static IEnumerable<WideRequest> WithoutTls(string policy) =>
        Strangers.Append(Vendor).Append(Own).SelectMany(account => Of(policy, account, ["o-zzz", "o-vendor", "o-own"], isPlain: true));

    /// <summary>The requests of services that act for strangers.</summary>
    public static IEnumerable<WideRequest> OfServices(string policy) =>
        from account in Strangers
        from service in new[] { "s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com" }
        from action in Actions
        from source in new[] { null, "arn:aws:s3:::zzz", $"arn:aws:events:eu-central-1:{account}:rule/x", $"arn:aws:sns:eu-central-1:{account}:t:111122223333:x" }
        from told in new[] { true, false }
        from organization in new[] { null, "o-zzz" }
        select new WideRequest(account, action, Queue, Context([
            ("aws:PrincipalIsAWSService", "true"), ("aws:PrincipalServiceName", service), ("aws:SecureTransport", "true"), ("aws:ResourceAccount", Own),
            ("aws:SourceArn", source), ("aws:SourceAccount", told ? account : null), ("aws:SourceOrgID", organization)]), service);

    private static Dictionary<string, string[]> Context(IEnumerable<(string Key, string? Value)> members) =>
        members.Where(member => member.Value is not null).ToDictionary(member => member.Key, member => new[] { member.Value! });

    private static IEnumerable<WideRequest> Of(string policy, string account, string[] organizations, bool isPlain = false)
    {
        var keys = new List<(string Key, string[]?[] Values)>
        {
            ("aws:PrincipalTag/team", Tags),
            ("aws:SecureTransport", isPlain ? [["false"]] : Truth),
            ("aws:MultiFactorAuthPresent", [null, .. Truth]),
            ("aws:TagKeys", [null, ["a"], ["b"], ["a", "b"], ["c"], ["a", "c"], ["*"], ["a", "*"], ["b", "*"], ["c", "*"], ["b", "c"]]),
            ("aws:PrincipalArn", [[$"arn:aws:iam::{account}:user/u"], [$"arn:aws:iam::{account}:role/r"], [$"arn:aws:iam::{account}:role/111122223333:x"]]),
            ("aws:PrincipalIsAWSService", [["false"]]),
        }.Where(key => policy.Contains(key.Key, StringComparison.OrdinalIgnoreCase)).ToList();
        var contexts = new List<Dictionary<string, string[]>> { new() { ["aws:PrincipalAccount"] = [account], ["aws:ResourceAccount"] = [Own] } };
        foreach (var (key, values) in keys)
        {
            contexts = [.. contexts.SelectMany(context => values.Select(value => With(context, key, value)))];
        }

        return from principal in contexts
               from context in InOrganizations(principal, policy, organizations)
               from way in Ways(policy, account)
               from action in Actions
               select new WideRequest(account, action, Queue, way.Aggregate(context, (whole, pair) => With(whole, pair.Key, pair.Value)));
    }

    // In one organization, and on a path in it, or in none.
    private static IEnumerable<Dictionary<string, string[]>> InOrganizations(Dictionary<string, string[]> context, string policy, string[] organizations) =>
        !policy.Contains("aws:PrincipalOrg", StringComparison.OrdinalIgnoreCase) ? [context]
        : organizations.Select(id => With(With(context, "aws:PrincipalOrgID", [id]), "aws:PrincipalOrgPaths", [$"{id}/r-1/ou-1/"])).Append(context);

    // From the Internet, or through an endpoint of one's own: a request has an address, or the endpoint's keys.
    private static IEnumerable<(string Key, string[] Value)[]> Ways(string policy, string account)
    {
        if (!policy.Contains("aws:Source", StringComparison.OrdinalIgnoreCase) && !policy.Contains("aws:Vpc", StringComparison.OrdinalIgnoreCase))
        {
            return [[]];
        }

        string[] addresses = account == Own ? ["8.8.8.8", "150.7.7.7", "203.0.113.5"] : ["8.8.8.8", "150.7.7.7"];
        var endpoint = account == Own ? ("vpc-own", "vpce-own") : ("vpc-zzz", "vpce-zzz");
        return
        [
            .. addresses.Select(address => new[] { ("aws:SourceIp", new[] { address }) }),
            [("aws:SourceVpc", [endpoint.Item1]), ("aws:SourceVpce", [endpoint.Item2]), ("aws:VpceAccount", [account])],

            // Not every service tells whose the endpoint is.
            [("aws:SourceVpc", [endpoint.Item1]), ("aws:SourceVpce", [endpoint.Item2])],
        ];
    }

    private static Dictionary<string, string[]> With(Dictionary<string, string[]> context, string key, string[]? value) =>
        value is null ? context : new Dictionary<string, string[]>(context) { [key] = value };
}
