using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>
/// What keys are when an identity of the account asks for something that no policy singles out: who asks, from where and when may be
/// as a condition likes; what is asked for has no tag, no Region and no trait that a policy names.
/// </summary>
internal static class OwnKeys
{
    public static Domain Of(Requester requester, string key) => key switch
    {
        "aws:resourceaccount" or "aws:principalaccount" => Domain.Of(requester.Owner.AccountId),
        "aws:resourceorgid" or "aws:principalorgid" => requester.Owner.IsOrganizationKnown ? requester.Owner.OrganizationId is { } id ? Domain.Of(id) : Domain.Absent : Domain.Anything,
        "aws:requestedregion" => Domain.Of(Glob.Of("*").Witness()),
        "aws:viaawsservice" or "aws:principalisawsservice" => Domain.Of("false"),
        "aws:sourceaccount" or "aws:sourceowner" or "aws:sourcearn" or "aws:sourceorgid" or "aws:sourceorgpaths" or "aws:tagkeys" => Domain.Absent,
        "aws:securetransport" => Domain.Truth,
        "aws:multifactorauthpresent" => Domain.Truth with { MayBeAbsent = true },
        "aws:sourceip" => requester.ThroughEndpoint ? Domain.Absent : Domain.Anything with { Values = ["1.2.3.4", "2600:ffff::1"], Accepts = text => IpRange.Parse(text) is not null },
        _ when IsOfNetwork(key) && !requester.ThroughEndpoint => Domain.Absent,
        "aws:sourcevpc" => Domain.Shaped(KeyDomains.IsPlain, "vpc-*"),
        "aws:sourcevpce" => Domain.Shaped(KeyDomains.IsPlain, "vpce-*"),
        "aws:currenttime" or "aws:epochtime" or "aws:userid" => Domain.Anything,
        "aws:principalarn" => KeyDomains.PrincipalArnIn(requester.Owner.Partition, requester.Owner.AccountId, account => account == requester.Owner.AccountId),
        "aws:principalorgpaths" when requester.Owner.IsOrganizationKnown => requester.Owner.OrganizationId is { } id ? Domain.Shaped(path => path.Split('/')[0] == id, $"{id}/*") : Domain.Absent,
        _ when !key.StartsWith("aws:", StringComparison.Ordinal)
            || key.StartsWith("aws:resourcetag", StringComparison.Ordinal)
            || key.StartsWith("aws:requesttag", StringComparison.Ordinal)
            || key.StartsWith("aws:calledvia", StringComparison.Ordinal) => Domain.Absent,
        _ => Domain.AnythingOrAbsent,
    };

    /// <summary>The ways that requests come, false for the Internet and true for a VPC endpoint, where that makes a difference for statements.</summary>
    public static bool[] WaysOf(IEnumerable<Statement> statements) =>
        statements.Any(statement => statement.Conditions.Any(condition => IsOfNetwork(condition.Key))) ? [false, true] : [false];

    /// <summary>Whether a key tells the way that a request comes: by an address of the Internet, or through a VPC endpoint.</summary>
    private static bool IsOfNetwork(string key) =>
        key == "aws:sourceip" || key.StartsWith("aws:sourcevpc", StringComparison.Ordinal) || key.StartsWith("aws:vpc", StringComparison.Ordinal);
}
