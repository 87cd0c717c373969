using System;
using System.Linq;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>
/// Knows what condition keys can be in whose requests: what AWS assigns to a requester, what the requester may choose, and what is
/// simply not there. After "AWS global condition context keys" and the lists of keys of the single services.
/// </summary>
internal static class KeyDomains
{
    private const string FreshAccount = "*~*";
    private static readonly string[] PublicAddresses = ["1.2.3.4", "100.200.1.2", "203.0.114.9", "2600:ffff::1", "2a10:ffff::1"];
    private static readonly string StrangerAccount = Glob.Of("*").Witness();

    /// <summary>What a key can be.</summary>
    public static Domain Of(Requester requester, string key) =>
        requester.Sphere == Sphere.Own ? OwnKeys.Of(requester, key)
        : requester.Sphere == Sphere.Holder ? HolderKeys.Of(requester, key)
        : IsFederated(key) ? requester.Kind == RequesterKind.Federated ? SharedProviders.ClaimOf(requester.Name!, key) : Domain.Absent
        : key.StartsWith("aws:", StringComparison.Ordinal) ? Global(requester, key)
        : OfService(requester, key);

    /// <summary>What a policy variable stands for.</summary>
    public static string? VariableOf(Requester requester, string key) => key switch
    {
        "aws:resourceorgid" => requester.Owner.OrganizationText,
        "aws:principalaccount" or "aws:sourceaccount" when requester is { Sphere: Sphere.Stranger or Sphere.ThirdParty or Sphere.Outsider, AccountId: null } && Of(requester, key).Shapes.Count > 0 => StrangerAccount,
        "aws:principalorgid" or "aws:sourceorgid" when requester is { Sphere: Sphere.Stranger or Sphere.ThirdParty } && Of(requester, key).Shapes.Count > 0 => "o-" + StrangerAccount,
        _ => Of(requester, key).Variable,
    };

    /// <summary>Whether a text holds what no policy spells out.</summary>
    public static bool IsFresh(string? text) => text is not null && text.IndexOf(Glob.Fresh) >= 0;

    private static Domain Global(Requester requester, string key) => key switch
    {
        "aws:resourceaccount" => Domain.Of(requester.Owner.AccountId),
        "aws:resourceorgid" => requester.Owner.IsOrganizationKnown ? requester.Owner.OrganizationId is { } id ? Domain.Of(id) : Domain.Absent : Domain.Anything,
        "aws:securetransport" => Domain.Truth,
        "aws:viaawsservice" => Domain.Truth,
        "aws:multifactorauthpresent" => requester.Kind is RequesterKind.Federated or RequesterKind.Anonymous ? Domain.Absent : Domain.Truth with { MayBeAbsent = true },
        "aws:principalisawsservice" => requester.Kind switch
        {
            RequesterKind.Anonymous or RequesterKind.Federated => Domain.Absent,
            RequesterKind.Service => Domain.Of("true"),
            _ => Domain.Of("false"),
        },
        "aws:principalservicename" => requester.Kind != RequesterKind.Service ? Domain.Absent : requester.Name is { } name ? Domain.Of(name) : Domain.Anything,
        "aws:principalservicenameslist" => requester.Kind == RequesterKind.Service ? Domain.Anything : Domain.Absent,
        "aws:currenttime" or "aws:epochtime" or "aws:requestedregion" => Domain.Anything,
        _ when key.StartsWith("aws:principal", StringComparison.Ordinal) || key is "aws:userid" or "aws:username" => OfPrincipal(requester, key),
        "aws:sourceip" => Address(requester),
        _ when key.StartsWith("aws:sourcevpc", StringComparison.Ordinal) || key.StartsWith("aws:vpc", StringComparison.Ordinal) => OfNetwork(requester, key),
        "aws:sourceaccount" or "aws:sourceowner" or "aws:sourcearn" or "aws:sourceorgid" or "aws:sourceorgpaths" => requester.Kind == RequesterKind.Service ? OfSource(requester, key) : Domain.Absent,
        "aws:chatbotsourcearn" => AssignedArn(requester, key),
        "aws:ec2instancesourcevpc" => Assigned(requester, "vpc-*~*") with { MayBeAbsent = true },
        _ => Domain.AnythingOrAbsent,
    };

    private static Domain OfPrincipal(Requester requester, string key)
    {
        if (requester.Kind == RequesterKind.Anonymous)
        {
            return key switch { "aws:principalaccount" => Domain.Of("anonymous"), "aws:principaltype" => Domain.Of("Anonymous"), _ => Domain.Absent };
        }

        // Requests with a token are not signed: who asks has no account there.
        var isFederated = requester.Kind == RequesterKind.Federated;
        return key switch
        {
            _ when key.StartsWith("aws:principaltag/", StringComparison.Ordinal) && requester.Kind != RequesterKind.Service => Domain.AnythingOrAbsent with { Accepts = IsPlain },
            "aws:principalaccount" when !isFederated => Account(requester),
            _ when isFederated || requester.Kind == RequesterKind.Service => Domain.Absent,
            "aws:principalarn" => PrincipalArn(requester),
            "aws:principalorgid" => Organization(requester) with { MayBeAbsent = true },
            "aws:principalorgpaths" => OrganizationPaths(requester) with { MayBeAbsent = true },
            "aws:userid" when requester.Sphere == Sphere.Stranger => Domain.Shaped(id => IsFresh(id.Split(':')[0]), FreshAccount, "*~*:*"),
            "aws:userid" when requester.Sphere != Sphere.Anyone => Domain.Anything with { Accepts = id => !AccountIds.IsValid(id) || IsOwnedBy(requester, id) },
            "aws:userid" => Domain.Anything,
            "aws:principaltype" => Domain.Of("User", "AssumedRole", "Account", "FederatedUser"),
            _ => Domain.AnythingOrAbsent,
        };
    }

    private static Domain Account(Requester requester) =>
        requester.AccountId is { } id ? Domain.Of(id)
        : requester.Sphere == Sphere.Anyone ? Domain.Anything with { Accepts = IsPlain }
        : requester.Sphere == Sphere.Outsider ? Domain.Anything with { Accepts = account => IsPlain(account) && IsOwnedBy(requester, account) }
        : Domain.Shaped(IsFresh, FreshAccount);

    private static Domain PrincipalArn(Requester requester)
    {
        if (requester.Name is { } name && Arn.Parts(name) is not null)
        {
            return Arn.RoleOfSession(name) is { } role
                ? Domain.Shaped(arn => arn.EndsWith("/" + role, StringComparison.Ordinal), $"arn:{requester.Owner.Partition}:iam::{requester.AccountId}:role/{role}", $"arn:{requester.Owner.Partition}:iam::{requester.AccountId}:role/*/{role}")
                : Domain.Of(name);
        }

        var account = requester.AccountId ?? (requester.Sphere is Sphere.Stranger or Sphere.ThirdParty ? FreshAccount : "*");
        var any = PrincipalArnIn(requester.Owner.Partition, account, owner => IsOwnedBy(requester, owner));
        return requester.OnlyAction == TrustPolicy.AssumeRole ? any with { Accepts = arn => any.Accepts!(arn) && CanAssumeRoles(arn) } : any;
    }

    // AssumeRole takes neither the root user nor sessions of GetFederationToken.
    private static bool CanAssumeRoles(string arn) => Arn.ServiceOf(arn) == "iam" && Arn.NameOf(arn) != "root";

    /// <summary>What aws:PrincipalArn can be for identities of an account.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="account">The account, or a pattern of it.</param>
    /// <param name="isOwner">Whether an account is the one, or one of those, that are meant.</param>
    public static Domain PrincipalArnIn(string partition, string account, Func<string?, bool> isOwner) => Domain.Shaped(
        arn => Arn.ServiceOf(arn) is "iam" or "sts" && isOwner(Arn.OwnerOf(arn)),
        $"arn:{partition}:iam::{account}:user/*", $"arn:{partition}:iam::{account}:role/*", $"arn:{partition}:iam::{account}:root", $"arn:{partition}:sts::{account}:federated-user/*");

    // Whether what belongs to this account can be the requester's.
    private static bool IsOwnedBy(Requester requester, string? account) => account is not null && (
        requester.AccountId is { } id && requester.Kind != RequesterKind.Service ? account == id
        : requester.Sphere is Sphere.Stranger or Sphere.ThirdParty ? IsFresh(account)
        : requester.Sphere == Sphere.Anyone || (!requester.Owner.IsTrusted(account) && !requester.Apart.Contains(account)));

    /// <summary>Whether a text can be an id or a tag: these do not hold what a careless policy takes for a wildcard.</summary>
    public static bool IsPlain(string text) => text.IndexOfAny(['*', '?']) < 0;

    // Their ids are in lower case, and begin alike.
    private static bool IsOrganization(string id) => id.StartsWith("o-", StringComparison.Ordinal) && IsPlain(id) && !id.Any(char.IsUpper);

    private static Domain Organization(Requester requester) => requester.Sphere switch
    {
        Sphere.Stranger => Domain.Shaped(IsFresh, "o-*~*"),
        Sphere.ThirdParty => Domain.Shaped(id => IsOrganization(id) && !requester.Owner.IsOwnOrganization(id), "o-*"),
        _ => Domain.Shaped(IsOrganization, "o-*"),
    };

    private static Domain OrganizationPaths(Requester requester) => requester.Sphere switch
    {
        Sphere.Stranger => Domain.Shaped(path => IsFresh(path.Split('/')[0]), "o-*~*/*"),
        Sphere.ThirdParty => Domain.Shaped(path => IsPlain(path) && IsOrganization(path.Split('/')[0]) && !requester.Owner.IsOwnOrganization(path.Split('/')[0]), "o-*/*"),
        _ => Domain.Shaped(path => IsPlain(path) && IsOrganization(path.Split('/')[0]), "o-*/*"),
    };

    private static Domain OfSource(Requester requester, string key) => key switch
    {
        "aws:sourcearn" => Domain.Shaped(arn => IsSource(requester, arn), requester.Sphere == Sphere.Stranger ? [$"arn:{requester.Owner.Partition}:*:*:*~*:*", $"arn:{requester.Owner.Partition}:s3:::*~*"] : [$"arn:{requester.Owner.Partition}:*:*:*:*"]) with { MayBeAbsent = true },
        "aws:sourceorgid" => Organization(requester) with { MayBeAbsent = true },
        "aws:sourceorgpaths" => OrganizationPaths(requester) with { MayBeAbsent = true },
        _ => Account(requester) with { MayBeAbsent = true },
    };

    // Buckets have no account in their ARN; their names are unique in the world, so that a stranger's is another one.
    private static bool IsSource(Requester requester, string arn) =>
        Arn.Parts(arn) is { } parts && !IsNumber(parts[2]) && !IsNumber(parts[3]) && (parts[2] == "s3" && parts[4].Length == 0
            ? parts[5].IndexOfAny(['/', ':']) < 0 && (requester.Sphere != Sphere.Stranger || IsFresh(parts[5]))
            : IsOwnedBy(requester, parts[4]));

    // No service or Region is called so; a pattern that crosses colons could ask for one.
    private static bool IsNumber(string name) => name.Length > 0 && name.All(char.IsDigit);

    private static Domain OfNetwork(Requester requester, string key)
    {
        if (!requester.ThroughEndpoint)
        {
            return requester.Sphere == Sphere.Anyone && key != "aws:vpcsourceip" ? Domain.AnythingOrAbsent : Domain.Absent;
        }

        return key switch
        {
            "aws:sourcevpc" => Assigned(requester, "vpc-*~*"),
            "aws:sourcevpce" => Assigned(requester, "vpce-*~*"),
            "aws:sourcevpcarn" when requester.Sphere == Sphere.Stranger => AssignedArn(requester, key),
            "aws:sourcevpcarn" => AssignedArns.Of(key, requester.Owner.Partition, "*", _ => true) with { MayBeAbsent = true },
            "aws:vpceaccount" => Assigned(requester, FreshAccount) with { MayBeAbsent = true },
            "aws:vpceorgid" => Organization(requester) with { MayBeAbsent = true },
            "aws:vpceorgpaths" => OrganizationPaths(requester) with { MayBeAbsent = true },
            "aws:vpcsourceip" => Domain.Anything with { Values = PublicAddresses },
            _ => Domain.AnythingOrAbsent,
        };
    }

    private static Domain AssignedArn(Requester requester, string key) =>
        AssignedArns.Of(key, requester.Owner.Partition, requester.Sphere == Sphere.Stranger ? FreshAccount : "*", account => IsOwnedBy(requester, account)) with { MayBeAbsent = true };

    private static Domain Assigned(Requester requester, string shape) =>
        requester.Sphere == Sphere.Stranger ? Domain.Shaped(id => IsFresh(id) && IsPlain(id), shape) : Domain.Anything with { Accepts = IsPlain };

    private static Domain Address(Requester requester) =>
        requester.ThroughEndpoint ? Domain.Absent
        : new Domain
        {
            Values = PublicAddresses,
            Shapes = [Glob.Of("*")],
            Accepts = text => IpRange.Parse(text) is { } address && !requester.Reserved.Any(range => range.Contains(address)),
        };

    private static Domain OfService(Requester requester, string key) => key switch
    {
        "kms:calleraccount" => requester.Kind == RequesterKind.Anonymous ? Domain.Absent : Account(requester),
        "sts:externalid" when requester.Kind == RequesterKind.Federated => Domain.Absent,
        "sts:externalid" when requester.Sphere != Sphere.ThirdParty => Domain.AnythingOrAbsent with { Accepts = IsPlain },
        "sts:externalid" => Domain.Shaped(id => id.All(character => character == Glob.Fresh), "*") with { MayBeAbsent = true },
        _ when key.EndsWith(":resourceaccount", StringComparison.Ordinal) => Domain.Of(requester.Owner.AccountId),
        "sts:rolesessionname" when requester.Kind == RequesterKind.Federated => SharedProviders.ClaimOf(requester.Name!, key),
        "elasticfilesystem:accessedviamounttarget" => requester.Sphere == Sphere.Stranger ? Domain.Of("false") with { MayBeAbsent = true } : Domain.Truth with { MayBeAbsent = true },
        "s3:dataaccesspointaccount" => Account(requester) with { MayBeAbsent = true },
        "lambda:eventsourcetoken" => Assigned(requester, FreshAccount) with { MayBeAbsent = true },
        _ when AssignedArns.AreIn(key) => AssignedArn(requester, key),
        "sns:endpoint" or "sns:protocol" when requester.Protocol is { } protocol => SubscriptionEndpoints.Of(protocol, key, requester.Owner.Partition),
        _ => Domain.AnythingOrAbsent,
    };

    // Keys of web identity and SAML are in the requests that bring a token, and in no other.
    private static bool IsFederated(string key) => key.IndexOf(':') is > 0 and var colon && (key.IndexOf('.', 0, colon) >= 0 || key.StartsWith("saml:", StringComparison.Ordinal));
}
