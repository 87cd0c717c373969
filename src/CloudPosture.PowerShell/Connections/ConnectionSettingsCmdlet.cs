using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Connections;

/// <summary>The base of the cmdlets that make and change connections: what a connection can say.</summary>
public abstract class ConnectionSettingsCmdlet : CredentialCmdlet
{
    /// <summary>The account that must be reached.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccountId { get; set; }

    /// <summary>The account's name, for people.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccountName { get; set; }

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
    [ValidateRange(900, 43200)]
    public int? SessionDuration { get; set; }

    /// <summary>The MFA device that the role asks for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MfaSerial { get; set; }

    /// <summary>Where credentials come from, other than profile and keys.</summary>
    [Parameter]
    [ValidateSet("Default", "Environment", "Instance", "Container")]
    public string? CredentialSource { get; set; }

    /// <summary>The connection whose credentials this one begins with.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string? HubConnection { get; set; }

    /// <summary>The Regions to read.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>The services to read.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>The role that each member account of an organization has.</summary>
    [Parameter]
    public string? MemberRole { get; set; }

    /// <summary>The units of an organization to cover.</summary>
    [Parameter]
    public string[]? OrganizationalUnitId { get; set; }

    /// <summary>The accounts of an organization to leave out.</summary>
    [Parameter]
    public string[]? ExcludeAccount { get; set; }

    /// <summary>Leaves the management account of an organization out.</summary>
    [Parameter]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    /// <summary>What keeps this connection's data apart from others'.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>The user's own labels.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <summary>The user's own words.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>A connection with what was given changed, and the rest as it was.</summary>
    private protected PostureConnection Apply(PostureConnection connection)
    {
        new NameFilter(Region).RefuseUnknownRegions();
        new NameFilter(Service).RefuseUnknownServices();
        return connection with
        {
            AccountId = Given(AccountId, connection.AccountId),
            AccountName = Given(AccountName, connection.AccountName),
            RoleArn = Given(RoleArn, connection.RoleArn),
            ExternalId = Given(ExternalId, connection.ExternalId),
            HubExternalId = Given(HubExternalId, connection.HubExternalId),
            RoleSessionName = Given(RoleSessionName, connection.RoleSessionName),
            SessionDuration = SessionDuration ?? connection.SessionDuration,
            MfaSerial = Given(MfaSerial, connection.MfaSerial),
            Credential = Reference ?? connection.Credential,
            Kind = MemberRole is { Length: > 0 } ? ConnectionKind.Organization : connection.Kind,
            Organization = Scope(connection.Organization),
            Regions = Region ?? connection.Regions,
            Services = Service ?? connection.Services,
            Namespace = Namespace ?? connection.Namespace,
            Tags = Tag is null ? connection.Tags : Tag.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Tag[key]?.ToString() ?? ""),
            Notes = Given(Note, connection.Notes),
        };
    }

    private CredentialReference? Reference => (GivenKeys, ProfileName, HubConnection, CredentialSource) switch
    {
        (null, null, null, null) => null,
        ({ }, null, null, null) => new CredentialReference { Kind = CredentialKind.Session },
        (null, { } profile, null, null) => new CredentialReference { Kind = CredentialKind.Profile, ProfileName = profile, ProfileLocation = ProfileLocation },
        (null, null, { } hub, null) => new CredentialReference { Kind = CredentialKind.Connection, Connection = hub },
        (null, null, null, { } source) => new CredentialReference { Kind = (CredentialKind)Enum.Parse(typeof(CredentialKind), source, ignoreCase: true) },
        _ => throw new ArgumentException("Credentials come from one place: give keys, or -ProfileName, or -HubConnection, or -CredentialSource."),
    };

    private OrganizationScope? Scope(OrganizationScope? scope)
    {
        var isAsked = MemberRole is not null || OrganizationalUnitId is not null || ExcludeAccount is not null || ExcludeManagementAccount.IsPresent;
        if (!isAsked)
        {
            return scope;
        }

        var member = MemberRole ?? scope?.MemberRole
            ?? throw new ArgumentException("Which role do the organization's accounts have? Give its name with -MemberRole.");
        return new OrganizationScope
        {
            MemberRole = member,
            OrganizationalUnitIds = OrganizationalUnitId ?? scope?.OrganizationalUnitIds ?? [],
            ExcludedAccounts = ExcludeAccount ?? scope?.ExcludedAccounts ?? [],
            IncludeManagementAccount = ExcludeManagementAccount.IsPresent ? !ExcludeManagementAccount : scope?.IncludeManagementAccount ?? true,
        };
    }

    // An empty text takes a setting away; a missing one leaves it.
    private static string? Given(string? given, string? present) => given is null ? present : given.Length == 0 ? null : given;
}
