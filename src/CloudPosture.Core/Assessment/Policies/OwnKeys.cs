using System;

namespace CloudPosture.Assessment.Policies;

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
        "aws:sourceip" => Domain.AnythingOrAbsent with { Values = ["1.2.3.4", "2600:ffff::1"] },
        "aws:currenttime" or "aws:epochtime" or "aws:userid" => Domain.Anything,
        "aws:principalarn" => KeyDomains.PrincipalArnIn(requester.Owner.Partition, requester.Owner.AccountId, account => account == requester.Owner.AccountId),
        "aws:principalorgpaths" when requester.Owner.IsOrganizationKnown => requester.Owner.OrganizationId is { } id ? Domain.Shaped(path => path.Split('/')[0] == id, $"{id}/*") : Domain.Absent,
        _ when !key.StartsWith("aws:", StringComparison.Ordinal)
            || key.StartsWith("aws:resourcetag", StringComparison.Ordinal)
            || key.StartsWith("aws:requesttag", StringComparison.Ordinal)
            || key.StartsWith("aws:calledvia", StringComparison.Ordinal) => Domain.Absent,
        _ => Domain.AnythingOrAbsent,
    };
}
