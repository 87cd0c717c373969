using System;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;

namespace CloudPosture.PowerShell.Connections;

/// <summary>A connection as the pipeline sees it: scalars alone, and no secret.</summary>
public sealed record PostureConnectionInfo
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>False where it is not harvested.</summary>
    public required bool Enabled { get; init; }

    /// <summary>True where it is not harvested: what New-PostureConnection calls it.</summary>
    public bool Disabled => !Enabled;

    /// <summary>Whether it leads to one account or to an organization.</summary>
    public required ConnectionKind Kind { get; init; }

    /// <summary>The account it must reach, 12 digits; empty where it takes the one the credentials belong to.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, for people.</summary>
    public required string AccountName { get; init; }

    /// <summary>The role to assume; empty where the credentials are used as they are.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The external ID that the role asks for.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The external ID that the hub role of an organization asks for.</summary>
    public required string HubExternalId { get; init; }

    /// <summary>Where the credentials come from.</summary>
    public required string Credentials { get; init; }

    /// <summary>How sessions are named in CloudTrail; empty for CloudPosture.</summary>
    public required string RoleSessionName { get; init; }

    /// <summary>Seconds that a session of the role lasts; 0 where the connection does not say.</summary>
    public required int SessionDuration { get; init; }

    /// <summary>The MFA device that the role asks for.</summary>
    public required string MfaSerial { get; init; }

    /// <summary>What kind of place the credentials come from.</summary>
    public required CredentialKind CredentialSource { get; init; }

    /// <summary>The profile that the credentials come from.</summary>
    public required string ProfileName { get; init; }

    /// <summary>The file of that profile; empty for the user's own.</summary>
    public required string ProfileLocation { get; init; }

    /// <summary>The connection whose credentials this one begins with.</summary>
    public required string HubConnection { get; init; }

    /// <summary>The environment variable that holds the access key id; empty for AWS's own.</summary>
    public required string AccessKeyVariable { get; init; }

    /// <summary>The environment variable that holds the secret access key; empty for AWS's own.</summary>
    public required string SecretKeyVariable { get; init; }

    /// <summary>The environment variable that holds the session token; empty for AWS's own, or none.</summary>
    public required string SessionTokenVariable { get; init; }

    /// <summary>The Regions to read, separated by commas; empty for all that are enabled.</summary>
    public required string Regions { get; init; }

    /// <summary>The services to read, separated by commas; empty for all.</summary>
    public required string Services { get; init; }

    /// <summary>For an organization: the role that each member account has.</summary>
    public required string MemberRole { get; init; }

    /// <summary>For an organization: the units covered, separated by commas; empty for all of it.</summary>
    public required string OrganizationalUnitIds { get; init; }

    /// <summary>For an organization: the accounts left out, separated by commas.</summary>
    public required string ExcludedAccounts { get; init; }

    /// <summary>For an organization: whether the management account is left out.</summary>
    public required bool ExcludeManagementAccount { get; init; }

    /// <summary>Where the account stood in its organization when it was imported.</summary>
    public required string UnitPath { get; init; }

    /// <summary>What keeps this connection's data apart from others'.</summary>
    public required string Namespace { get; init; }

    /// <summary>The user's own labels (<c>team=web</c>), separated by semicolons.</summary>
    public required string Tags { get; init; }

    /// <summary>The user's own words.</summary>
    public required string Notes { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it last changed, in UTC.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>The connection's name.</summary>
    public override string ToString() => Name;

    internal static PostureConnectionInfo From(PostureConnection connection) => new()
    {
        Name = connection.Name,
        Enabled = connection.Enabled,
        Kind = connection.Kind,
        AccountId = connection.AccountId ?? (RoleArnOf(connection)?.AccountId ?? ""),
        AccountName = connection.AccountName ?? "",
        RoleArn = connection.RoleArn ?? "",
        ExternalId = connection.ExternalId ?? "",
        HubExternalId = connection.HubExternalId ?? "",
        Credentials = connection.Credential.ToString(),
        RoleSessionName = connection.RoleSessionName ?? "",
        SessionDuration = connection.SessionDuration ?? 0,
        MfaSerial = connection.MfaSerial ?? "",
        CredentialSource = connection.Credential.Kind,
        ProfileName = connection.Credential.ProfileName ?? "",
        ProfileLocation = connection.Credential.ProfileLocation ?? "",
        HubConnection = connection.Credential.Connection ?? "",
        AccessKeyVariable = connection.Credential.AccessKeyVariable ?? "",
        SecretKeyVariable = connection.Credential.SecretKeyVariable ?? "",
        SessionTokenVariable = connection.Credential.SessionTokenVariable ?? "",
        Regions = string.Join(",", connection.Regions),
        Services = string.Join(",", connection.Services),
        MemberRole = connection.Organization?.MemberRole ?? "",
        OrganizationalUnitIds = string.Join(",", connection.Organization?.OrganizationalUnitIds ?? []),
        ExcludedAccounts = string.Join(",", connection.Organization?.ExcludedAccounts ?? []),
        ExcludeManagementAccount = connection.Organization is { IncludeManagementAccount: false },
        UnitPath = connection.UnitPath ?? "",
        Namespace = connection.Namespace,
        Tags = TagText.Write(connection.Tags),
        Notes = connection.Notes ?? "",
        Created = connection.Created,
        Modified = connection.Modified,
    };

    private static RoleArn? RoleArnOf(PostureConnection connection) =>
        Aws.Credentials.RoleArn.TryParse(connection.RoleArn, out var arn) ? arn : null;
}
