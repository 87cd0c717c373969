using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>Where a stranger can have a topic's messages sent: to a mail domain, a host, an account or a number of their own.</summary>
internal static class SubscriptionEndpoints
{
    private const string Endpoint = "sns:endpoint";
    private static readonly string?[] Any = [null];
    private static readonly string[] Protocols = ["email", "email-json", "http", "https", "sqs", "lambda", "application", "firehose", "sms"];

    /// <summary>The protocols to try a statement with.</summary>
    public static IEnumerable<string?> ProtocolsFor(Statement allow) => allow.Conditions.Any(condition => condition.Key == Endpoint) ? Protocols : Any;

    /// <summary>What sns:Endpoint and sns:Protocol are in a stranger's subscription.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="key">Which of the two keys.</param>
    public static Domain Of(string protocol, string key) => key != Endpoint ? Domain.Of(protocol) : protocol switch
    {
        "email" or "email-json" => Domain.Shaped(endpoint => KeyDomains.IsFresh(endpoint.Substring(endpoint.LastIndexOf('@') + 1)), "*@*~*"),
        "http" or "https" => Domain.Shaped(endpoint => endpoint.Split('/') is { Length: > 2 } parts && KeyDomains.IsFresh(parts[2]), $"{protocol}://*~*/*"),
        "sms" => Domain.Shaped(KeyDomains.IsFresh, "*~*"),
        _ => Domain.Shaped(endpoint => KeyDomains.IsFresh(Arn.OwnerOf(endpoint)), "arn:*:*:*:*~*:*"),
    };
}
