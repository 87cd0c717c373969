using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Files;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Writes a reading role as a template, script or list of steps for someone else to run.</summary>
[Cmdlet(VerbsData.Export, "PostureTemplate", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
[OutputType(typeof(FileInfo))]
public sealed class ExportPostureTemplateCommand : PostureCmdlet, IRoleSettings
{
    /// <summary>The form.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Choice(typeof(TemplateFormat))]
    public TemplateFormat Format { get; set; }

    /// <summary>The product that is to read.</summary>
    [Parameter(Position = 1)]
    [Choice(typeof(Vendor))]
    public Vendor Vendor { get; set; }

    /// <summary>Which of the product's roles.</summary>
    [Parameter]
    [Choice(typeof(RolePart))]
    public RolePart Part { get; set; }

    /// <summary>The name, where it is not the product's own.</summary>
    [Parameter]
    public string? RoleName { get; set; }

    /// <summary>The account that reads.</summary>
    [Parameter]
    [Alias("ManagementAccountId")]
    public string? HubAccountId { get; set; }

    /// <summary>Who may assume the role.</summary>
    [Parameter]
    public string[]? TrustedPrincipal { get; set; }

    /// <summary>What must be said to assume it.</summary>
    [Parameter]
    public string? ExternalId { get; set; }

    /// <summary>For a hub: the name of the role that it enters in each account.</summary>
    [Parameter]
    public string? ReaderRoleName { get; set; }

    /// <summary>For a hub: the path of that role.</summary>
    [Parameter]
    public string? ReaderRolePath { get; set; }

    /// <summary>What ends the role's name, for products that have it so.</summary>
    [Parameter]
    public string? Suffix { get; set; }

    /// <summary>Attaches what reading Amazon Inspector needs.</summary>
    [Parameter]
    public SwitchParameter IncludeInspector { get; set; }

    /// <summary>AWS's own detectors whose findings the role may read too.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string[]? IncludeProviderFinding { get; set; }

    /// <summary>Lets the role read the account's events too.</summary>
    [Parameter]
    public SwitchParameter IncludeEvents { get; set; }

    /// <summary>The account that the role is for.</summary>
    [Parameter]
    public string? AccountId { get; set; }

    /// <summary>The path of the role and its policies.</summary>
    [Parameter]
    public string RolePath { get; set; } = "/";

    /// <summary>What the role is for.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Tags of the role and its policies.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <summary>The policy that bounds the role's permissions.</summary>
    [Parameter]
    public string? PermissionsBoundary { get; set; }

    /// <summary>The longest session in seconds.</summary>
    [Parameter]
    public int MaxSessionDuration { get; set; } = 3600;

    /// <summary>The partition of the account.</summary>
    [Parameter]
    [ValidateSet("aws", "aws-us-gov", "aws-cn", "aws-eusc")]
    public string Partition { get; set; } = "aws";

    /// <summary>For a StackSet: whose accounts get the role.</summary>
    [Parameter]
    public string[] OrganizationalUnitId { get; set; } = [];

    /// <summary>For a StackSet: leaves the management account out.</summary>
    [Parameter]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    /// <summary>For a StackSet: makes the product's hub role in the management account too.</summary>
    [Parameter]
    public SwitchParameter IncludeHub { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter]
    [Alias("FilePath")]
    public string? Path { get; set; }

    /// <summary>Replaces a file, and allows trust without an external ID.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        DemandFormat();
        var role = this.ToSpec().In(Partition);
        foreach (var warning in this.WarningsOf(role))
        {
            WriteWarning(warning);
        }

        var text = Template.Write(Format, new TemplateRequest
        {
            Role = role,
            Hub = IncludeHub ? this.ToHub(role, AccountId).In(Partition) : null,
            HubAccountId = IncludeHub ? HubAccountId : null,
            OrganizationalUnitIds = OrganizationalUnitId,
            IncludeManagementAccount = !ExcludeManagementAccount,
        });
        if (Path is null)
        {
            WriteObject(text);
        }
        else
        {
            Save(this.Resolve(Path), text, role);
        }
    }

    private void DemandFormat()
    {
        if (Format == TemplateFormat.CloudFormationStackSet)
        {
            if (Part == RolePart.Hub)
            {
                throw new ArgumentException("A StackSet gives the accounts their reader: leave -Part out, and give -IncludeHub to make the hub in the management account beside it.");
            }

            return;
        }

        var misplaced = OrganizationalUnitId.Length > 0 ? nameof(OrganizationalUnitId)
            : IncludeHub ? nameof(IncludeHub)
            : ExcludeManagementAccount ? nameof(ExcludeManagementAccount)
            : null;
        if (misplaced is not null)
        {
            throw new ArgumentException($"-{misplaced} is for an organization: choose -Format CloudFormationStackSet, or leave it out. The hub of other formats is written with -Part Hub.");
        }
    }

    /// <summary>Writes the file, and gives it with what a connection will need: an external ID that was generated just now stands nowhere else.</summary>
    private void Save(string path, string text, RoleSpec role)
    {
        PathParameters.RefuseMissingFolder(path);
        if (File.Exists(path) && !Force)
        {
            throw new IOException($"The file '{path}' exists: use -Force to replace it.");
        }

        if (ShouldProcess(path, "Write file"))
        {
            // Windows PowerShell 5.1 takes a script without a byte order mark for the ANSI code page; the other readers want none.
            SharedFile.Replace(
                path,
                writer =>
                {
                    writer.Write(text);
                    return true;
                },
                isMarked: Format == TemplateFormat.WindowsPowerShell);
            var file = this.Files(path).Single();
            file.Properties.Add(new PSNoteProperty("RoleName", role.RoleName));
            file.Properties.Add(new PSNoteProperty("ExternalId", role.ExternalId));
            WriteVerbose(role.ExternalId is null ? $"The role is {role.RoleName}." : $"The role is {role.RoleName}, and its external ID {role.ExternalId}.");
            WriteObject(file);
        }
    }
}
