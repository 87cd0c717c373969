using System.Collections;
using System.Management.Automation;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>The base of cmdlets that make a reading role, in one account or in many.</summary>
public abstract class NewRoleCmdlet : RoleCmdlet, IRoleSettings
{
    /// <summary>The product that is to read.</summary>
    [Parameter(Position = 0)]
    [Choice(typeof(Vendor))]
    public Vendor Vendor { get; set; }

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

    /// <summary>Repairs a role that differs, and allows trust without an external ID.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>A row whose columns are named like parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    RolePart IRoleSettings.Part => WantedPart;

    string? IRoleSettings.AccountId => WantedAccountId;

    string? IRoleSettings.ReaderRoleName => WantedReaderName;

    string? IRoleSettings.ReaderRolePath => WantedReaderPath;

    SwitchParameter IRoleSettings.IncludeHub => MakesHub;

    // The account tells it, which is not asked yet.
    string IRoleSettings.Partition => "aws";

    private protected virtual RolePart WantedPart => RolePart.Reader;

    private protected virtual string? WantedAccountId => null;

    private protected virtual string? WantedReaderName => null;

    private protected virtual string? WantedReaderPath => null;

    /// <summary>Whether the hub is made too, beside the role and under its path.</summary>
    private protected virtual bool MakesHub => false;

    // A finding has a Region and a connection a profile, and neither says where a role is to be made.
    private protected override void ReadRecord()
    {
        PipelineItem.Of(InputObject)?.RefuseStranger(MyInvocation.MyCommand.Name, []);
        base.ReadRecord();
    }

    /// <summary>The role that the parameters describe, with a warning for each thing worth knowing of it.</summary>
    private protected RoleSpec WantedRole(PipelineWriter writer)
    {
        var role = this.ToSpec();
        foreach (var warning in this.WarningsOf(role))
        {
            writer.Warning(warning);
        }

        return role;
    }
}
