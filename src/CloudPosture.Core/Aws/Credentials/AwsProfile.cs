using System;
using System.Collections.Generic;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace CloudPosture.Aws.Credentials;

/// <summary>A profile, as both AWS files together tell it.</summary>
internal sealed record AwsProfile
{
    private static readonly (string Name, Func<CredentialProfileOptions, string?> Read, Action<CredentialProfileOptions, string> Write)[] Options =
    [
        ("aws_access_key_id", options => options.AccessKey, (options, value) => options.AccessKey = value),
        ("aws_secret_access_key", options => options.SecretKey, (options, value) => options.SecretKey = value),
        ("aws_session_token", options => options.Token, (options, value) => options.Token = value),
        ("credential_process", options => options.CredentialProcess, (options, value) => options.CredentialProcess = value),
        ("sso_account_id", options => options.SsoAccountId, (options, value) => options.SsoAccountId = value),
        ("sso_region", options => options.SsoRegion, (options, value) => options.SsoRegion = value),
        ("sso_registration_scopes", options => options.SsoRegistrationScopes, (options, value) => options.SsoRegistrationScopes = value),
        ("sso_role_name", options => options.SsoRoleName, (options, value) => options.SsoRoleName = value),
        ("sso_session", options => options.SsoSession, (options, value) => options.SsoSession = value),
        ("sso_start_url", options => options.SsoStartUrl, (options, value) => options.SsoStartUrl = value),
        ("role_arn", options => options.RoleArn, (options, value) => options.RoleArn = value),
        ("role_session_name", options => options.RoleSessionName, (options, value) => options.RoleSessionName = value),
        ("external_id", options => options.ExternalID, (options, value) => options.ExternalID = value),
        ("mfa_serial", options => options.MfaSerial, (options, value) => options.MfaSerial = value),
        ("source_profile", options => options.SourceProfile, (options, value) => options.SourceProfile = value),
        ("credential_source", options => options.CredentialSource, (options, value) => options.CredentialSource = value),
        ("web_identity_token_file", options => options.WebIdentityTokenFile, (options, value) => options.WebIdentityTokenFile = value),
    ];

    public required string Name { get; init; }

    /// <summary>Its settings by name; empty ones are left out.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Where its keys stand behind a <c>credential_process</c>, as those of <c>config</c> do.</summary>
    public bool ProcessGoesFirst { get; init; }

    public string? RoleArn => this["role_arn"];

    public string? SourceProfile => this["source_profile"];

    public string? Region => this["region"];

    public bool HasKeys => this["aws_access_key_id"] is not null;

    /// <summary>Whether it leads to credentials without a role.</summary>
    public bool IsPlain => HasKeys || this["credential_process"] is not null || IsSso;

    private bool IsSso => this["sso_account_id"] is not null && this["sso_role_name"] is not null;

    /// <summary>The value of a setting; null where it is not there.</summary>
    public string? this[string name] => Settings.TryGetValue(name, out var value) ? value : null;

    /// <summary>What a store of AWSSDK.Core's own keeps.</summary>
    public static AwsProfile Of(CredentialProfile profile)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, read, _) in Options)
        {
            if (read(profile.Options) is { Length: > 0 } value)
            {
                settings[name] = value;
            }
        }

        if (profile.Region is { } region)
        {
            settings["region"] = region.SystemName;
        }

        return new AwsProfile { Name = profile.Name, Settings = settings };
    }

    /// <summary>
    /// Its credentials without a role, by AWSSDK.Core's providers. Where it has several kinds they go in this order: IAM Identity Center, keys
    /// of the <c>credentials</c> file, a process, keys of <c>config</c>.
    /// </summary>
    public AWSCredentials ToCredentials()
    {
        var kind = IsSso ? "sso_" : (HasKeys && !ProcessGoesFirst) || this["credential_process"] is null ? "aws_" : "credential_process";
        if (kind == "credential_process")
        {
            // Its words may stand on lines of their own, which are no commands of their own.
            return new ProcessCredentials(this[kind]!.Replace('\n', ' '));
        }

        var options = new CredentialProfileOptions();
        foreach (var (name, _, write) in Options)
        {
            if (name.StartsWith(kind, StringComparison.Ordinal) && this[name] is { } value)
            {
                write(options, value);
            }
        }

        return new CredentialProfile(Name, options) { Region = Region is { } region ? RegionEndpoint.GetBySystemName(region) : null }.GetAWSCredentials(null);
    }
}
