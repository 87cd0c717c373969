namespace CloudPosture.Aws.Credentials;

/// <summary>Says where credentials are, without holding any.</summary>
public sealed record CredentialReference
{
    /// <summary>The kind of place.</summary>
    public CredentialKind Kind { get; init; }

    /// <summary>For <see cref="CredentialKind.Profile"/>: the profile's name.</summary>
    public string? ProfileName { get; init; }

    /// <summary>For <see cref="CredentialKind.Profile"/>: the credentials file, where it is not the user's own.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>For <see cref="CredentialKind.Environment"/>: the variable that holds the access key id; null is AWS_ACCESS_KEY_ID.</summary>
    public string? AccessKeyVariable { get; init; }

    /// <summary>For <see cref="CredentialKind.Environment"/>: the variable that holds the secret access key; null is AWS_SECRET_ACCESS_KEY.</summary>
    public string? SecretKeyVariable { get; init; }

    /// <summary>For <see cref="CredentialKind.Environment"/>: the variable that holds the session token; null is AWS_SESSION_TOKEN where the other names are AWS's, else none.</summary>
    public string? SessionTokenVariable { get; init; }

    /// <summary>For <see cref="CredentialKind.Connection"/>: the other connection's name.</summary>
    public string? Connection { get; init; }

    /// <summary>Where the credentials are, for people.</summary>
    public override string ToString() => Kind switch
    {
        CredentialKind.Profile when ProfileLocation is not null => $"profile '{ProfileName}' in {ProfileLocation}",
        CredentialKind.Profile => $"profile '{ProfileName}'",
        CredentialKind.Environment => $"environment variable {AccessKeyVariable ?? "AWS_ACCESS_KEY_ID"}",
        CredentialKind.Session => "keys of this session",
        CredentialKind.Instance => "instance role",
        CredentialKind.Container => "container role",
        CredentialKind.Connection => $"connection '{Connection}'",
        _ => "default credential chain",
    };
}
