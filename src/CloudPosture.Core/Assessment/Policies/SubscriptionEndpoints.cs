using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;

namespace CloudPosture.Assessment.Policies;

/// <summary>Where a stranger can have a topic's messages sent: to a mail domain, a host, an account or a number of their own.</summary>
internal static class SubscriptionEndpoints
{
    private const string Endpoint = "sns:endpoint";

    // A request that is no subscription, and so has neither of the two keys.
    private const string None = "";
    private const string AnyAccount = "*~*";
    private static readonly string?[] Any = [null];
    private static readonly string[] Protocols = ["email", "email-json", "http", "https", "sqs", "lambda", "application", "firehose", "sms", None];

    // Where the ARN of an endpoint ends in names; only what a function is called is followed by a further part, its alias.
    private static readonly Dictionary<string, string[]> Arns = new(StringComparer.Ordinal)
    {
        ["sqs"] = ["sqs:*:{0}:*"],
        ["lambda"] = ["lambda:*:{0}:function:*", "lambda:*:{0}:function:*:*"],
        ["application"] = ["sns:*:{0}:endpoint/*"],
        ["firehose"] = ["firehose:*:{0}:deliverystream/*"],
    };

    /// <summary>The protocols to try a statement with.</summary>
    /// <param name="allow">The statement.</param>
    /// <param name="denies">The policy's Denies.</param>
    public static IEnumerable<string?> ProtocolsFor(Statement allow, IReadOnlyList<Statement> denies) =>
        denies.Prepend(allow).SelectMany(statement => statement.Conditions).Any(condition => condition.Key == Endpoint) ? Protocols : Any;

    /// <summary>What sns:Endpoint and sns:Protocol are in a stranger's subscription.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="key">Which of the two keys.</param>
    /// <param name="partition">The topic's partition.</param>
    public static Domain Of(string protocol, string key, string partition) => protocol == None ? Domain.Absent : key != Endpoint ? Domain.Of(protocol) : protocol switch
    {
        "email" or "email-json" => Domain.Shaped(endpoint => endpoint.IndexOf(':') < 0 && KeyDomains.IsFresh(endpoint.Substring(endpoint.LastIndexOf('@') + 1)), "*@*~*"),
        "http" or "https" => Domain.Shaped(endpoint => endpoint.Split('/') is { Length: > 2 } parts && KeyDomains.IsFresh(parts[2]), $"{protocol}://*~*/*"),
        "sms" => Domain.Shaped(endpoint => KeyDomains.IsFresh(endpoint) && endpoint.IndexOfAny([':', '/', '@']) < 0, "*~*"),
        _ => AssignedArns.WellFormed(partition, AnyAccount, KeyDomains.IsFresh, Arns[protocol]),
    };
}
