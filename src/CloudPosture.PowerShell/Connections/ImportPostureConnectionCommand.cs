using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Makes connections from the profiles that assume roles, or from the accounts of an organization.</summary>
[Cmdlet(VerbsData.Import, "PostureConnection", SupportsShouldProcess = true, DefaultParameterSetName = ProfileSet)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class ImportPostureConnectionCommand : AwsCmdlet
{
    private const string ProfileSet = "Profile";
    private const string OrganizationSet = "Organization";

    /// <summary>The config or credentials file, or their folder.</summary>
    [Parameter(Position = 0, ParameterSetName = ProfileSet)]
    public string? Path { get; set; }

    /// <summary>A connection to an organization, whose accounts become connections of their own.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = OrganizationSet)]
    [NamesFrom("Name", "Connection", What = "connection")]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string Organization { get; set; } = "";

    /// <summary>The role that each member account has, where it is not the connection's.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    public string? MemberRole { get; set; }

    /// <summary>The external ID that the members' role asks for, where it is not the connection's.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    public string? ExternalId { get; set; }

    /// <summary>The units to import, where they are not the connection's.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    public string[]? OrganizationalUnitId { get; set; }

    /// <summary>The accounts to leave out, where they are not the connection's.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    public string[]? ExcludeAccount { get; set; }

    /// <summary>Leaves the management account out.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    /// <summary>The Region where AWS is asked.</summary>
    [Parameter(ParameterSetName = OrganizationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Only connections of these names.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Renews connections that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var store = new ConnectionStore();
        var all = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        var added = new List<PostureConnection>();
        var renewed = new List<(PostureConnection Present, PostureConnection Found)>();
        var kept = 0;
        foreach (var found in Wanted(await FindAsync(store, writer, cancellationToken).ConfigureAwait(false), writer))
        {
            var present = ConnectionImporter.Present(found, all);
            if (present is not null && !Force)
            {
                kept++;
                Explain(present, found, writer);
            }
            else if (present is not null && await writer.ShouldProcessAsync(present.Name, "Renew connection").ConfigureAwait(false))
            {
                renewed.Add((present, found));
            }
            else if (present is null && await writer.ShouldProcessAsync(found.Name, "Create connection").ConfigureAwait(false))
            {
                added.Add(found);
            }
        }

        await StoreAsync(store, added, renewed, writer, cancellationToken).ConfigureAwait(false);
        writer.Verbose($"{added.Count} connections were made, {renewed.Count} renewed, and {kept} were there already and stayed as they are{(kept > 0 ? "; -Force renews them" : "")}.");
    }

    private static async Task StoreAsync(
        ConnectionStore store, List<PostureConnection> added, List<(PostureConnection Present, PostureConnection Found)> renewed, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var connection in added.Count == 0 ? [] : await store.AddAsync(added, replace: false, cancellationToken).ConfigureAwait(false))
        {
            writer.Output(PostureConnectionInfo.From(connection));
        }

        foreach (var (present, found) in renewed)
        {
            await AttemptAsync(writer, present.Name, async () =>
                writer.Output(PostureConnectionInfo.From(await store.ChangeAsync(present.Name, old => ConnectionImporter.Renew(old, found), cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        }
    }

    private static void Explain(PostureConnection present, PostureConnection found, PipelineWriter writer)
    {
        if (ConnectionImporter.IsSame(present, found))
        {
            writer.Verbose($"'{present.Name}' is there already and stays as it is.");
        }
        else
        {
            writer.Warning($"'{Display.Text(found.Name)}' of account {found.AccountId} is left out: another connection has this name. Rename that one with Set-PostureConnection -NewName, or replace what it leads to with -Force.");
        }
    }

    private IEnumerable<PostureConnection> Wanted(IReadOnlyList<PostureConnection> found, PipelineWriter writer)
    {
        var names = new NameFilter(Name);
        foreach (var stranger in names.ExactNames.Where(name => !found.Any(connection => connection.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            writer.Error(ErrorRecords.From(
                UnknownNameException.Among("Connection", stranger, found.Select(connection => connection.Name), "Import-PostureConnection -WhatIf lists what can be imported."), stranger));
        }

        var wanted = found.Where(connection => names.Admits(connection.Name)).ToList();
        if (wanted.Count == 0 && names.ExactNames.Count == 0)
        {
            writer.Warning(
                found.Count > 0 ? $"None of the {found.Count} that can be imported is named so: Import-PostureConnection -WhatIf lists them."
                : ParameterSetName == ProfileSet ? "There is nothing to import: no profile of these files has a role_arn."
                : "There is nothing to import: no account of the organization is covered.");
        }

        return wanted;
    }

    private async Task<IReadOnlyList<PostureConnection>> FindAsync(ConnectionStore store, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (ParameterSetName == ProfileSet)
        {
            var path = Path is null ? null : await writer.AskAsync(cmdlet => cmdlet.Resolve(Path)).ConfigureAwait(false);
            return ConnectionImporter.FromProfiles(path, warning => writer.Warning(Display.Text(warning)));
        }

        var stored = await store.GetAsync(Organization, cancellationToken).ConfigureAwait(false);
        using var aws = OpenAws(writer, Region is { Length: > 0 } given ? given : null);
        return await ConnectionImporter.FromOrganizationAsync(WithGivenCredentials(Narrowed(stored), writer), aws.Resolver, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The connection with the accounts that the parameters name. One to a single account serves as a hub where they name the members' role.</summary>
    private PostureConnection Narrowed(PostureConnection stored)
    {
        if ((MemberRole ?? stored.Organization?.MemberRole) is not { } role)
        {
            return stored;
        }

        var hub = stored.Kind == ConnectionKind.Organization ? stored : stored with { Kind = ConnectionKind.Organization, HubExternalId = stored.ExternalId, ExternalId = null };
        var scope = stored.Organization ?? new OrganizationScope { MemberRole = role };
        return hub with
        {
            ExternalId = ExternalId ?? hub.ExternalId,
            Organization = scope with
            {
                MemberRole = role,
                OrganizationalUnitIds = OrganizationalUnitId ?? scope.OrganizationalUnitIds,
                ExcludedAccounts = ExcludeAccount ?? scope.ExcludedAccounts,
                IncludeManagementAccount = MyInvocation.BoundParameters.ContainsKey(nameof(ExcludeManagementAccount)) ? !ExcludeManagementAccount : scope.IncludeManagementAccount,
            },
        };
    }
}
