using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.Delegation;
using CloudPosture.Files;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Delegation;

/// <summary>Asks an account's owner to delegate, for a short time, what it takes to make the role that reads the account.</summary>
[Cmdlet(VerbsCommunications.Send, "DelegationRequest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NewSet)]
[OutputType(typeof(DelegationRequestInfo))]
public sealed class SendDelegationRequestCommand : DelegationCmdlet
{
    private const string NewSet = "New";
    private const string AgainSet = "Again";

    /// <summary>The name of the connection to make.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NewSet)]
    public string Nickname { get; set; } = "";

    /// <summary>The account to ask; for an organization its management account.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NewSet)]
    public string OwnerAccountId { get; set; } = "";

    /// <summary>The role to create.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewSet)]
    public string RoleName { get; set; } = "";

    /// <summary>The policy template registered with AWS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewSet)]
    public string PolicyTemplateArn { get; set; } = "";

    /// <summary>The SNS topic that AWS tells of every change.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewSet)]
    [Alias("NotificationChannel")]
    public string NotificationTopicArn { get; set; } = "";

    /// <summary>Asks for an organization's accounts instead of one.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public SwitchParameter Organization { get; set; }

    /// <summary>For an organization: whose accounts get the role.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string[] OrganizationalUnitId { get; set; } = [];

    /// <summary>The template's parameters.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public Hashtable Parameter { get; set; } = [];

    /// <summary>A copy of the template, to show what it comes to.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? PolicyTemplatePath { get; set; }

    /// <summary>What the owner reads first.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? Description { get; set; }

    /// <summary>A word to the reviewer.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? Message { get; set; }

    /// <summary>Seconds that the delegated credentials last.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public int SessionDuration { get; set; } = 3600;

    /// <summary>Where the console leads the reviewer afterwards.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? RedirectUrl { get; set; }

    /// <summary>Lets only the request's owner release the token.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public SwitchParameter OnlySendByOwner { get; set; }

    /// <summary>What tells this request from all others.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? WorkflowId { get; set; }

    /// <summary>Who will assume the role.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? TrustedPrincipal { get; set; }

    /// <summary>What must be said to assume it.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? ExternalId { get; set; }

    /// <summary>The policy that bounds every role made.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public string? PermissionsBoundary { get; set; }

    /// <summary>The Region of the stack.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string StackRegion { get; set; } = "us-east-1";

    /// <summary>A request of ours to send again, with a new workflow id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = AgainSet)]
    public DelegationRequestInfo? InputObject { get; set; }

    /// <summary>Opens the browser where the request is reviewed.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        WithDeskAsync(writer, desk => SendAsync(desk, writer, cancellationToken), cancellationToken);

    private async Task SendAsync(DelegationDesk desk, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var spec = InputObject is null ? await NewAsync(desk, writer, cancellationToken).ConfigureAwait(false) : Again(InputObject);
        var draft = desk.Service.Draft(spec);
        if (!await AcknowledgedAsync(draft, writer).ConfigureAwait(false))
        {
            return;
        }

        var sent = await desk.Service.SendAsync(spec, desk.Caller, cancellationToken).ConfigureAwait(false);
        writer.Output(DelegationRequestInfo.From(sent, desk.Secrets));
        if (Open && sent.ConsoleLink is { } link)
        {
            OpenBrowser(link, writer);
        }
    }

    private async Task<DelegationSpec> NewAsync(DelegationDesk desk, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if ((await new ConnectionStore().ListAsync(cancellationToken).ConfigureAwait(false)).Any(known => known.Name.Equals(Nickname, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"There is a connection '{Nickname}' already: choose another nickname.");
        }

        var connection = WithGivenCredentials(new PostureConnection { Name = Nickname }, writer);
        KeepKeys(Nickname);
        var path = PolicyTemplatePath is { } given ? await writer.AskAsync(cmdlet => cmdlet.Resolve(given)).ConfigureAwait(false) : null;
        var spec = new DelegationSpec
        {
            OwnerAccountId = OwnerAccountId,
            PolicyTemplateArn = PolicyTemplateArn,
            PolicyTemplate = path is null ? null : GivenFile.ReadText(path),
            Parameters = [.. Parameter.Cast<DictionaryEntry>().Select(ToParameter).OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
            Description = Description ?? $"Creates the role {RoleName}, which reads the configuration of {(Organization ? "the organization's accounts" : "this account")} and changes nothing.",
            Message = Message,
            SessionDuration = SessionDuration,
            NotificationTopic = NotificationTopicArn,
            RedirectUrl = RedirectUrl,
            OnlySendByOwner = OnlySendByOwner,
            Plan = new DelegationPlan
            {
                Nickname = Nickname,
                Kind = Organization ? ConnectionKind.Organization : ConnectionKind.Account,
                RoleName = RoleName,
                TrustedPrincipal = TrustedPrincipal ?? await desk.Service.AccountOfAsync(desk.Caller, cancellationToken).ConfigureAwait(false),
                ExternalId = ExternalId ?? VendorPreset.Of(Vendor.CloudPosture).ExternalId.Resolve(null)!,
                PermissionsBoundary = PermissionsBoundary,
                Region = StackRegion,
                OrganizationalUnitIds = OrganizationalUnitId,
                Credential = connection.Credential,
            },
        };
        return WorkflowId is null ? spec : spec with { WorkflowId = WorkflowId };
    }

    private DelegationSpec Again(DelegationRequestInfo request) => DelegationService.Again(
        Store.Find(request.WorkflowId) ?? throw new UnknownNameException("DelegationRequestNotFound", request.WorkflowId, $"There is no record of a delegation request \'{request.WorkflowId}\'. Get-DelegationRequest lists those there are."));

    private static DelegationParameter ToParameter(DictionaryEntry entry)
    {
        var value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
        var isList = value is IEnumerable and not string;
        return new DelegationParameter
        {
            Name = (string)LanguagePrimitives.ConvertTo(entry.Key, typeof(string)),
            IsList = isList,
            Values = isList ? ((IEnumerable<string>)LanguagePrimitives.ConvertTo(value, typeof(string[]))).ToList() : [(string)LanguagePrimitives.ConvertTo(value, typeof(string))],
        };
    }

    /// <summary>Says what is asked for and what will be made, with the policy, and lets the user decide.</summary>
    private static Task<bool> AcknowledgedAsync(DelegationRequest draft, PipelineWriter writer)
    {
        var plan = draft.Plan!;
        var where = plan.Kind == ConnectionKind.Organization
            ? $"in the accounts of the organization of {draft.OwnerAccountId}, and {plan.RoleName}-Hub in that account, by a StackSet for which CloudFormation is given access to the organization,"
            : $"in account {draft.OwnerAccountId}";
        var text = $"Ask account {draft.OwnerAccountId} for a session of {draft.SessionDuration} seconds. It is assumed once the request is approved, and creates the role {plan.RoleName} {where} "
            + $"which {plan.TrustedPrincipal} can assume. Policy of the session: {(draft.PermissionPolicy is { } policy ? Display.Text(policy) : $"what {draft.PolicyTemplateArn} comes to; give a copy as -PolicyTemplatePath to see it here")}.";
        return writer.AskAsync(cmdlet => cmdlet.ShouldProcess(text, text, "Send delegation request"));
    }

    private static void OpenBrowser(string link, PipelineWriter writer)
    {
        try
        {
            if (Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps)
            {
                using var browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
                return;
            }
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException or FileNotFoundException)
        {
            // The request is sent; whoever has no browser here opens the link elsewhere.
        }

        writer.Warning("No browser could be started here: open the request's ConsoleLink by hand.");
    }
}
