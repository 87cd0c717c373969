using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Aws.Credentials;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;

namespace CloudPosture.Connections;

/// <summary>What a connection may hold: AWS's own limits, checked before anything is stored or called.</summary>
public static class ConnectionRules
{
    // IAM and STS, API reference: ExternalId, RoleSessionName, SerialNumber, DurationSeconds; Organizations: unit and root ids.
    private static readonly Regex ConnectionName = Whole("[A-Za-z0-9][A-Za-z0-9_ .@-]{0,127}");
    private static readonly Regex Namespace = Whole("[a-z0-9][a-z0-9_.-]{0,99}");
    private static readonly Regex AccountId = Whole("[0-9]{12}");
    private static readonly Regex ExternalId = Whole("[A-Za-z0-9_+=,.@:/-]{2,1224}");
    private static readonly Regex SessionName = Whole("[A-Za-z0-9_+=,.@-]{2,64}");
    private static readonly Regex MfaSerial = Whole("[A-Za-z0-9_+=/:,.@-]{9,256}");
    private static readonly Regex Region = Whole("[a-z]{2,5}(-[a-z]{2,12}){1,3}-[0-9]{1,2}");
    private static readonly Regex UnitId = Whole("ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32}");
    private static readonly Regex MemberRole = Whole(@"(?!arn:)([\x21-\x2e\x30-\x7e]{1,509}/)*[A-Za-z0-9_+=,.@-]{1,64}");
    private static readonly Regex Variable = Whole("[A-Za-z_][A-Za-z0-9_]*");
    private static readonly Regex AccessKeyId = Whole("(AKIA|ASIA)[A-Z0-9]{12,28}");
    private static readonly Regex SecretKey = Whole("[A-Za-z0-9/+]{40}|[A-Za-z0-9/+]{100,}={0,2}");
    private static readonly Regex LooksLikeKey = Whole("(AKIA|ASIA)[A-Z0-9]{16}|[A-Za-z0-9]{40}");

    /// <summary>Checks every value of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The same connection.</returns>
    /// <exception cref="ConnectionException">A value breaks a rule; the message names the value and the rule.</exception>
    public static PostureConnection Validate(PostureConnection connection)
    {
        Demand(ConnectionName, connection.Name, "connection name", "1-128 letters, digits, spaces and _ . @ -, starting with a letter or digit");
        Demand(Namespace, connection.Namespace, "namespace", "1-100 lower-case letters, digits and _ . -, starting with a letter or digit");
        Optional(AccountId, connection.AccountId, "account", "12 digits");
        Optional(ExternalId, connection.ExternalId, "external ID", "2-1224 characters out of letters, digits and _ + = , . @ : / -");
        Optional(ExternalId, connection.HubExternalId, "hub's external ID", "2-1224 characters out of letters, digits and _ + = , . @ : / -");
        Optional(SessionName, connection.RoleSessionName, "role session name", "2-64 characters out of letters, digits and _ + = , . @ -");
        Optional(MfaSerial, connection.MfaSerial, "MFA serial", "9-256 characters: a hardware device's serial number, or an ARN like arn:aws:iam::123456789012:mfa/name");
        DemandAll(Region, connection.Regions, "Region", "a Region's name, like eu-central-1 or us-gov-west-1");
        DemandRole(connection);
        DemandDuration(connection.SessionDuration);
        DemandCredential(connection.Credential, connection.Name);
        DemandScope(connection);
        return connection;
    }

    /// <summary>Checks the services that a connection names: other versions may know others, so that this is asked where they are used.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="catalog">The services there are.</param>
    /// <exception cref="ConnectionException">There is no such service; the message lists those there are.</exception>
    public static void DemandServices(PostureConnection connection, ServiceCatalog catalog)
    {
        var known = connection.Services.Count == 0 ? [] : catalog.Names;
        if (connection.Services.FirstOrDefault(service => !known.Contains(service, StringComparer.OrdinalIgnoreCase)) is { } stranger)
        {
            throw Invalid($"'{Shown(stranger)}' is no service of the catalog. The services are: {string.Join(", ", known)}.");
        }
    }

    private static void DemandRole(PostureConnection connection)
    {
        if (connection.HubExternalId is not null && (connection.Kind == ConnectionKind.Account || connection.RoleArn is null))
        {
            throw Invalid(
                "A hub's external ID belongs to the hub role of an organization.",
                new Advice("Give that role and the one of the members as well; the role of one account has an external ID of its own.", "HubExternalId"));
        }

        if (connection.RoleArn is null)
        {
            if (connection.Kind == ConnectionKind.Account && (connection.ExternalId ?? connection.MfaSerial) is not null)
            {
                throw Invalid("An external ID and an MFA serial belong to a role: give the role's ARN as well.");
            }

            return;
        }

        if (!RoleArn.TryParse(connection.RoleArn, out var role))
        {
            throw Invalid($"'{Shown(connection.RoleArn)}' is not a role's ARN. It has the form arn:aws:iam::123456789012:role/name: the partition (aws, aws-us-gov, aws-cn), 12 digits of the account, an optional path, and a name of 1-64 letters, digits and _ + = , . @ -.");
        }

        if (connection.AccountId is { } expected && connection.Kind == ConnectionKind.Account && expected != role.AccountId)
        {
            throw Invalid($"The role {connection.RoleArn} is in account {role.AccountId}, but the connection is for account {expected}. Correct one of them.");
        }
    }

    private static void DemandDuration(int? seconds)
    {
        if (seconds is < 900 or > 43200)
        {
            throw Invalid($"A session of {seconds} seconds is not possible: AWS allows 900-43200 (and 3600 at most for a role entered from another role).");
        }
    }

    private static void DemandCredential(CredentialReference credential, string connection)
    {
        if (credential.Kind == CredentialKind.Profile && string.IsNullOrWhiteSpace(credential.ProfileName))
        {
            throw Invalid("A connection by profile needs the profile's name.");
        }

        if (credential.ProfileName is { } profile && LooksSecret(profile))
        {
            throw Invalid("What is given as the profile's name looks like a key. Give the name that the profile has in the AWS files; a key is never kept.");
        }

        DemandKind(CredentialKind.Profile, credential.ProfileName ?? credential.ProfileLocation, "a profile");
        DemandKind(CredentialKind.Connection, credential.Connection, "a connection");
        DemandKind(CredentialKind.Environment, credential.AccessKeyVariable ?? credential.SecretKeyVariable ?? credential.SessionTokenVariable, "environment variables");
        if (credential.Kind == CredentialKind.Connection)
        {
            Demand(ConnectionName, credential.Connection ?? "", "hub connection's name", "the name of another connection");
            if (string.Equals(credential.Connection, connection, StringComparison.OrdinalIgnoreCase))
            {
                throw Invalid($"The connection '{connection}' cannot take its credentials from itself.");
            }
        }

        foreach (var variable in new[] { credential.AccessKeyVariable, credential.SecretKeyVariable, credential.SessionTokenVariable })
        {
            // Someone who gives the key itself must not find it in the file, nor in this error.
            if (variable is not null && (!Variable.IsMatch(variable) || LooksLikeKey.IsMatch(variable)))
            {
                throw Invalid("That is not the name of an environment variable (letters, digits and _, not a key). Give the name of the variable that holds the key.");
            }
        }

        if (credential.AccessKeyVariable is null != credential.SecretKeyVariable is null)
        {
            throw Invalid("Name both environment variables, the one of the access key id and the one of the secret access key.");
        }

        // Someone who edits the file may forget the kind, and must not get other credentials for it.
        void DemandKind(CredentialKind kind, string? value, string what)
        {
            if (value is not null && credential.Kind != kind)
            {
                var name = kind.ToString().ToLowerInvariant();
                throw Invalid($"The credential of '{Shown(connection)}' names {what}, but its kind is {credential.Kind.ToString().ToLowerInvariant()}. Make it \"kind\": \"{name}\", or take what it names away.");
            }
        }
    }

    /// <summary>Whether a text that should be a name looks like an access key or its secret, so that it must be neither kept nor shown.</summary>
    public static bool LooksSecret(string text) =>
        AccessKeyId.IsMatch(text)
        || (SecretKey.IsMatch(text) && text.Any(char.IsUpper) && text.Any(char.IsLower) && text.Any(char.IsDigit));

    private static void DemandScope(PostureConnection connection)
    {
        if (connection.Organization is { } scope != (connection.Kind == ConnectionKind.Organization))
        {
            throw Invalid("A connection to an organization, and only such a one, names the role of the member accounts.");
        }

        if (connection.Organization is null)
        {
            return;
        }

        scope = connection.Organization;
        Demand(MemberRole, scope.MemberRole, "member role", "a role's name of 1-64 letters, digits and _ + = , . @ -, with its path before it if it has one, and not an ARN");
        DemandAll(UnitId, scope.OrganizationalUnitIds, "organizational unit", "an id like ou-ab12-cd34ef56, or a root's like r-ab12");
        DemandAll(AccountId, scope.ExcludedAccounts, "account", "12 digits");
    }

    private static void DemandAll(Regex form, IEnumerable<string> values, string what, string rule)
    {
        foreach (var value in values)
        {
            Demand(form, value, what, rule);
        }
    }

    private static void Optional(Regex form, string? value, string what, string rule)
    {
        if (value is not null)
        {
            Demand(form, value, what, rule);
        }
    }

    private static void Demand(Regex form, string value, string what, string rule)
    {
        if (!form.IsMatch(value))
        {
            throw Invalid($"'{Shown(value)}' is not valid as {what}: it must be {rule}.");
        }
    }

    private static string Shown(string value)
    {
        var plain = new string([.. value.Take(80).Select(character => char.IsControl(character) ? '?' : character)]);
        return value.Length > 80 ? $"{plain}… ({value.Length} characters)" : plain;
    }

    private static Regex Whole(string pattern) => new($@"\A({pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static ConnectionException Invalid(string message, Advice? advice = null) => new(ConnectionError.Invalid, message, advice: advice);
}
