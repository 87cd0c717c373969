using System;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>
/// What keys can be when somebody who holds an identity's policies asks for whatever there is: who the holder is stands fast, and what is
/// asked for, from where and how may be as a condition likes.
/// </summary>
internal static class HolderKeys
{
    private static readonly Domain Plain = Domain.AnythingOrAbsent with { Accepts = KeyDomains.IsPlain };

    public static Domain Of(Requester requester, string key) => key switch
    {
        "aws:principalarn" when requester.Name is { } name => Domain.Of(name),
        "aws:principaltype" => Domain.Of("User", "AssumedRole", "Account", "FederatedUser"),
        "aws:principalservicename" or "aws:principalservicenameslist" => Domain.Absent,
        "aws:viaawsservice" => Domain.Truth,
        "aws:userid" or "aws:referer" or "aws:useragent" => Domain.AnythingOrAbsent,
        "aws:requestedregion" => Plain with { MayBeAbsent = false },
        _ when key.EndsWith(":resourceaccount", StringComparison.Ordinal) => requester.ResourceAccountId is { } id ? Domain.Of(id) : Plain with { MayBeAbsent = false },
        _ when key.StartsWith("iam:", StringComparison.Ordinal) || IsChosen(key) || OwnKeys.Of(requester, key) == Domain.AnythingOrAbsent => Plain,
        _ when !key.StartsWith("aws:", StringComparison.Ordinal) => Domain.AnythingOrAbsent,
        _ => OwnKeys.Of(requester, key),
    };

    private static bool IsChosen(string key) => key is "aws:resourceorgid" or "aws:tagkeys"
        || key.StartsWith("aws:resourcetag/", StringComparison.Ordinal)
        || key.StartsWith("aws:requesttag/", StringComparison.Ordinal)
        || key.StartsWith("aws:calledvia", StringComparison.Ordinal);
}
