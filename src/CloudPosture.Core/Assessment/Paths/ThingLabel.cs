using System;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Paths;

/// <summary>Names what stands on paths in a few words.</summary>
internal static class ThingLabel
{
    /// <summary>A resource: the last word of its type, and its id.</summary>
    public static string Of(string type, string id) => $"{type.Substring(type.LastIndexOf("::", StringComparison.Ordinal) is >= 0 and var colons ? colons + 2 : 0)} {id}";

    /// <summary>Somebody.</summary>
    public static string Of(Identity identity) => Of(identity.Kind, identity.Arn, identity.Name, identity.AccountId, identity.Change);

    /// <summary>A principal, by what is known of it.</summary>
    public static string Of(IdentityKind kind, string arn, string name, string accountId, string? change) => kind switch
    {
        IdentityKind.User => $"user {name}",
        IdentityKind.Role => $"role {name}",
        IdentityKind.Administrator => $"administrator of {accountId}",
        IdentityKind.Outside => accountId.Length > 0 && name == "root" ? $"account {accountId}" : arn,
        IdentityKind.Everyone => "everyone",
        _ => name,
    } + (change is null ? "" : $" ({change})");
}
