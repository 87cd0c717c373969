using System;

namespace CloudPosture.Assessment.Policies;

/// <summary>
/// What keys can be when somebody who holds an identity's policies asks for whatever there is: who the holder is stands fast, and what is
/// asked for, from where and how may be as a condition likes.
/// </summary>
internal static class HolderKeys
{
    private static readonly Domain Plain = Domain.AnythingOrAbsent with { Accepts = KeyDomains.IsPlain };

    public static Domain Of(Requester requester, string key) => key switch
    {
        "aws:principalarn" => requester.Name is { } name ? Domain.Of(name) : KeyDomains.PrincipalArnIn(requester.Owner.Partition, requester.Owner.AccountId, account => account == requester.Owner.AccountId),
        "aws:principaltype" => Domain.Of("User", "AssumedRole", "Account", "FederatedUser"),
        "aws:principalservicename" or "aws:principalservicenameslist" => Domain.Absent,
        "aws:viaawsservice" => Domain.Truth,
        "aws:sourceip" => requester.ThroughEndpoint ? Domain.Absent : OwnKeys.Of(requester, key) with { MayBeAbsent = false, Accepts = text => IpRange.Parse(text) is not null },
        _ when IsOfNetwork(key) && !requester.ThroughEndpoint => Domain.Absent,
        "aws:sourcevpc" => Domain.Shaped(KeyDomains.IsPlain, "vpc-*"),
        "aws:sourcevpce" => Domain.Shaped(KeyDomains.IsPlain, "vpce-*"),
        "aws:userid" or "aws:referer" or "aws:useragent" => Domain.AnythingOrAbsent,
        "aws:requestedregion" => Plain with { MayBeAbsent = false },
        _ when key.EndsWith(":resourceaccount", StringComparison.Ordinal) => requester.ResourceAccountId is { } id ? Domain.Of(id) : Plain with { MayBeAbsent = false },
        _ when key.StartsWith("iam:", StringComparison.Ordinal) || IsChosen(key) || OwnKeys.Of(requester, key) == Domain.AnythingOrAbsent => Plain,
        _ when !key.StartsWith("aws:", StringComparison.Ordinal) => Domain.AnythingOrAbsent,
        _ => OwnKeys.Of(requester, key),
    };

    /// <summary>Whether a key tells the way that a request comes: by an address of the Internet, or through a VPC endpoint.</summary>
    public static bool IsOfNetwork(string key) =>
        key == "aws:sourceip" || key.StartsWith("aws:sourcevpc", StringComparison.Ordinal) || key.StartsWith("aws:vpc", StringComparison.Ordinal);

    private static bool IsChosen(string key) => key is "aws:resourceorgid" or "aws:tagkeys"
        || key.StartsWith("aws:resourcetag/", StringComparison.Ordinal)
        || key.StartsWith("aws:requesttag/", StringComparison.Ordinal)
        || key.StartsWith("aws:calledvia", StringComparison.Ordinal);
}
