using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Paths;

namespace CloudPosture.Posture.Access;

/// <summary>Somebody who may do something.</summary>
/// <param name="Kind">What kind of principal it is.</param>
/// <param name="Arn">The ARN; the ARN of the account's root for whoever may do everything in it; <c>*</c> for everyone.</param>
/// <param name="Name">The name.</param>
/// <param name="AccountId">The account, 12 digits; empty for those who have none.</param>
/// <param name="Change">What a way to more rights would have changed about the principal; null for nothing.</param>
public sealed record AccessParty(IdentityKind Kind, string Arn, string Name, string AccountId, string? Change)
{
    /// <summary>Who it is, in a few words.</summary>
    public string Label => ThingLabel.Of(Kind, Arn, Name, AccountId, Change);

    internal static AccessParty Of(Identity identity) => new(identity.Kind, identity.Arn, identity.Name, identity.AccountId, identity.Change);
}
