using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Connections;

/// <summary>The base of the cmdlets that make and change connections: what a connection can say, by the names that Get-PostureConnection gives too.</summary>
public abstract class ConnectionSettingsCmdlet : CredentialCmdlet
{
    /// <summary>The account that must be reached.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccountId { get; set; }

    /// <summary>The account's name, for people.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccountName { get; set; }

    /// <summary>Where the account stands in its organization.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? UnitPath { get; set; }

    /// <summary>The role to assume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? RoleArn { get; set; }

    /// <summary>The external ID that the role asks for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ExternalId { get; set; }

    /// <summary>The external ID that the hub role of an organization asks for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? HubExternalId { get; set; }

    /// <summary>How sessions are named in CloudTrail.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? RoleSessionName { get; set; }

    /// <summary>Seconds that a session of the role lasts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? SessionDuration { get; set; }

    /// <summary>The MFA device that the role asks for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MfaSerial { get; set; }

    /// <summary>Where credentials come from.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [CredentialKindText]
    [ValidateSet("Default", "Environment", "Instance", "Container", "Profile", "Connection", "Session")]
    public string? CredentialSource { get; set; }

    /// <summary>The connection whose credentials this one begins with.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string? HubConnection { get; set; }

    /// <summary>The environment variable that holds the access key id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccessKeyVariable { get; set; }

    /// <summary>The environment variable that holds the secret access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SecretKeyVariable { get; set; }

    /// <summary>The environment variable that holds the session token.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SessionTokenVariable { get; set; }

    /// <summary>The Regions to read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Regions")]
    [ListText]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>The services to read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Services")]
    [ListText]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>The role that each member account of an organization has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MemberRole { get; set; }

    /// <summary>The units of an organization to cover.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OrganizationalUnitIds")]
    [ListText]
    public string[]? OrganizationalUnitId { get; set; }

    /// <summary>The accounts of an organization to leave out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ExcludedAccounts")]
    [ListText]
    public string[]? ExcludeAccount { get; set; }

    /// <summary>Leaves the management account of an organization out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchText]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    /// <summary>What keeps this connection's data apart from others'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Namespace { get; set; }

    /// <summary>The user's own labels.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [TagText]
    public Hashtable? Tag { get; set; }

    /// <summary>The user's own words.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Notes")]
    public string? Note { get; set; }

    private protected override IReadOnlyCollection<string> CredentialParameters =>
        [.. base.CredentialParameters, nameof(CredentialSource), nameof(HubConnection), nameof(AccessKeyVariable), nameof(SecretKeyVariable), nameof(SessionTokenVariable)];

    /// <summary>False where the pipeline brings a connection to change, whose settings are there already: then the command line alone says what changes.</summary>
    private protected virtual bool TakesSettingsFromPipeline => true;

    /// <summary>A connection with what was given changed, and the rest as it was.</summary>
    private protected PostureConnection Apply(PostureConnection connection)
    {
        new NameFilter(Region).RefuseUnknownRegions();
        new NameFilter(Service).RefuseUnknownServices();
        var scope = Scope(connection.Organization);
        return connection with
        {
            AccountId = IsTyped(nameof(AccountId)) || !IsAccountOfRole ? Value(nameof(AccountId), AccountId, connection.AccountId) : connection.AccountId,
            AccountName = Value(nameof(AccountName), AccountName, connection.AccountName),
            UnitPath = Value(nameof(UnitPath), UnitPath, connection.UnitPath),
            RoleArn = Value(nameof(RoleArn), RoleArn, connection.RoleArn),
            ExternalId = Value(nameof(ExternalId), ExternalId, connection.ExternalId),
            HubExternalId = Value(nameof(HubExternalId), HubExternalId, connection.HubExternalId),
            RoleSessionName = Value(nameof(RoleSessionName), RoleSessionName, connection.RoleSessionName),
            SessionDuration = Counts(nameof(SessionDuration)) ? SessionDuration is 0 ? null : SessionDuration : connection.SessionDuration,
            MfaSerial = Value(nameof(MfaSerial), MfaSerial, connection.MfaSerial),
            Credential = Reference(connection.Credential) ?? connection.Credential,
            Kind = scope is null ? ConnectionKind.Account : ConnectionKind.Organization,
            Organization = scope,
            Regions = Counts(nameof(Region)) ? Region ?? [] : connection.Regions,
            Services = Counts(nameof(Service)) ? Service ?? [] : connection.Services,
            Namespace = Value(nameof(Namespace), Namespace, connection.Namespace) ?? new PostureConnection { Name = connection.Name }.Namespace,
            Tags = Counts(nameof(Tag)) ? TagsOf(Tag) : connection.Tags,
            Notes = Value(nameof(Note), Note, connection.Notes),
        };
    }

    // What Get-PostureConnection shows of a connection without an account of its own is the role's.
    private bool IsAccountOfRole => Aws.Credentials.RoleArn.TryParse(RoleArn, out var role) && role.AccountId == AccountId;

    private bool Counts(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter) && (TakesSettingsFromPipeline || IsTyped(parameter));

    private static Dictionary<string, string> TagsOf(Hashtable? tags) =>
        tags?.Keys.Cast<object>().OrderBy(key => key.ToString(), StringComparer.Ordinal).ToDictionary(key => key.ToString()!, key => tags[key]?.ToString() ?? "") ?? [];

    private string? Place(string parameter, string? value) => Counts(parameter) ? Credentials(parameter, value) : null;

    private CredentialReference? Reference(CredentialReference present)
    {
        var given = TakesSettingsFromPipeline || base.CredentialParameters.Any(IsTyped) ? Given.Reference : null;
        var source = Place(nameof(CredentialSource), CredentialSource) is { } text
            ? (CredentialKind)Enum.Parse(typeof(CredentialKind), text, ignoreCase: true)
            : (CredentialKind?)null;
        var hub = Place(nameof(HubConnection), HubConnection) is { } name ? new CredentialReference { Kind = CredentialKind.Connection, Connection = name } : null;
        var variables = new CredentialReference
        {
            Kind = CredentialKind.Environment,
            AccessKeyVariable = Place(nameof(AccessKeyVariable), AccessKeyVariable),
            SecretKeyVariable = Place(nameof(SecretKeyVariable), SecretKeyVariable),
            SessionTokenVariable = Place(nameof(SessionTokenVariable), SessionTokenVariable),
        };
        var named = variables == new CredentialReference { Kind = CredentialKind.Environment } ? null : variables;
        var places = new[] { given, hub, named }.OfType<CredentialReference>().ToList();
        if (places.Count > 1 || (places.Count == 1 && source is { } kind && places[0].Kind != kind))
        {
            throw new CredentialParameterException("Credentials come from one place: give keys, or -ProfileName, or -HubConnection, or the names of environment variables, or -CredentialSource.");
        }

        return places.Count == 1 ? WithName(places[0], present) : source switch
        {
            null => null,
            CredentialKind.Profile => throw new CredentialParameterException("-CredentialSource Profile needs -ProfileName."),
            CredentialKind.Connection => throw new CredentialParameterException("-CredentialSource Connection needs -HubConnection."),
            { } other => new CredentialReference { Kind = other },
        };
    }

    // A new place for the profile that the connection names already.
    private CredentialReference WithName(CredentialReference given, CredentialReference present) =>
        given.Kind == CredentialKind.Profile && Given.ProfileName is null && present.ProfileName is { } name ? given with { ProfileName = name } : given;

    private OrganizationScope? Scope(OrganizationScope? scope)
    {
        var role = Value(nameof(MemberRole), MemberRole, scope?.MemberRole);
        var isAsked = OrganizationalUnitId is { Length: > 0 } || ExcludeAccount is { Length: > 0 } || ExcludeManagementAccount;
        return role is not null
            ? new OrganizationScope
            {
                MemberRole = role,
                OrganizationalUnitIds = Counts(nameof(OrganizationalUnitId)) ? OrganizationalUnitId ?? [] : scope?.OrganizationalUnitIds ?? [],
                ExcludedAccounts = Counts(nameof(ExcludeAccount)) ? ExcludeAccount ?? [] : scope?.ExcludedAccounts ?? [],
                IncludeManagementAccount = Counts(nameof(ExcludeManagementAccount)) ? !ExcludeManagementAccount : scope?.IncludeManagementAccount ?? true,
            }
            : isAsked ? throw new ArgumentException("Which role do the organization's accounts have? Give its name with -MemberRole.") : null;
    }

    // An empty text takes a setting away; a missing one leaves it.
    private string? Value(string parameter, string? given, string? present) => !Counts(parameter) ? present : string.IsNullOrEmpty(given) ? null : given;
}
