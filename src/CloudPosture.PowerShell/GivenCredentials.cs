using CloudPosture.Aws.Credentials;

namespace CloudPosture.PowerShell;

/// <summary>The credentials that the parameters of a call, or the object in its pipeline, name.</summary>
/// <param name="Keys">Keys; null for none.</param>
/// <param name="ProfileName">A profile; null for none.</param>
/// <param name="ProfileLocation">The file that the profile is in; null is the user's own.</param>
internal sealed record GivenCredentials(SessionKeys? Keys = null, string? ProfileName = null, string? ProfileLocation = null)
{
    /// <summary>The profile that a file is asked for where none is named.</summary>
    public const string DefaultProfile = "default";

    /// <summary>Where they are; null where none were given.</summary>
    public CredentialReference? Reference => (Keys, ProfileName) switch
    {
        ({ }, _) => new CredentialReference { Kind = CredentialKind.Session },
        (_, { } profile) => new CredentialReference { Kind = CredentialKind.Profile, ProfileName = profile, ProfileLocation = ProfileLocation },
        _ => ProfileLocation is null ? null : new CredentialReference { Kind = CredentialKind.Profile, ProfileName = DefaultProfile, ProfileLocation = ProfileLocation },
    };
}
