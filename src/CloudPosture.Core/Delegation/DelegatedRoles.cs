using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Connections;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Delegation;

/// <summary>The roles that a request ends in: a reader, and for an organization the management account's hub.</summary>
internal sealed record DelegatedRoles(RoleSpec Reader, RoleSpec? Hub, IReadOnlyList<string> OrganizationalUnitIds)
{
    public const string DefaultBoundary = "arn:aws:iam::aws:policy/SecurityAudit";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The hub's name in an organization.</summary>
    public static string HubName(DelegationPlan plan) => plan.RoleName + "-Hub";

    public static DelegatedRoles Of(DelegationPlan plan, string ownerAccountId, string boundary)
    {
        var isOrganization = plan.Kind == ConnectionKind.Organization;
        var preset = VendorPreset.Of(Vendor.CloudPosture);
        var reader = preset.Build(new PresetValues
        {
            HubAccountId = ownerAccountId,
            TrustedPrincipals = [isOrganization ? ownerAccountId : plan.TrustedPrincipal],
            ExternalId = plan.ExternalId,
            RoleName = plan.RoleName,
        }, catalog: null) with
        {
            PermissionsBoundary = boundary,
            // What they add to SecurityAudit the boundary would take away again, and each would be one thing more to approve.
            CustomPolicies = [],
        };
        if (!isOrganization)
        {
            return new DelegatedRoles(reader, null, []);
        }

        var hub = preset.Build(new PresetValues { Part = RolePart.Hub, HubAccountId = ownerAccountId, TrustedPrincipals = [plan.TrustedPrincipal], ExternalId = plan.ExternalId, RoleName = HubName(plan), ReaderRoleName = plan.RoleName }, catalog: null);
        return new DelegatedRoles(reader, Bounded(hub, reader, boundary), plan.OrganizationalUnitIds);
    }

    /// <summary>Checks the roles, and that their template fits into a call.</summary>
    public void Validate()
    {
        Reader.Validate();
        if (Hub is not null)
        {
            // Which root to name is known only later.
            _ = (this with { OrganizationalUnitIds = OrganizationalUnitIds.Count > 0 ? OrganizationalUnitIds : ["r-root"] }).Template();
        }
    }

    /// <summary>The CloudFormation template, as JSON.</summary>
    public string Template() => (Hub is null
        ? CloudFormationTemplate.Stack(Reader.Validate())
        : CloudFormationTemplate.StackSet(new TemplateRequest { Role = Reader.Validate(), Hub = Hub, OrganizationalUnitIds = OrganizationalUnitIds, IncludeManagementAccount = false }))
        .ToJsonString(Compact);

    /// <summary>
    /// The hub reads its own account, which a StackSet leaves out, and enters the readers of this name and no other role. It is entered
    /// by our own account alone, without an external ID, as connections to organizations do.
    /// </summary>
    private static RoleSpec Bounded(RoleSpec hub, RoleSpec reader, string boundary) => hub with
    {
        ExternalId = null,
        AllowNoExternalId = true,
        PermissionsBoundary = boundary,
        ManagedPolicies = reader.ManagedPolicies,
    };
}
