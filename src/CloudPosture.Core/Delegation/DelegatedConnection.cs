using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;

namespace CloudPosture.Delegation;

/// <summary>The connection that a request ends in.</summary>
internal static class DelegatedConnection
{
    public static PostureConnection Of(DelegationPlan plan, string ownerAccountId)
    {
        var isOrganization = plan.Kind == ConnectionKind.Organization;
        return new PostureConnection
        {
            Name = plan.Nickname,
            Kind = plan.Kind,
            AccountId = ownerAccountId,
            RoleArn = RoleArn.Of("aws", ownerAccountId, isOrganization ? DelegatedRoles.HubName(plan) : plan.RoleName),
            ExternalId = plan.ExternalId,
            Credential = plan.Credential,
            Organization = isOrganization ? new OrganizationScope { MemberRole = plan.RoleName, OrganizationalUnitIds = plan.OrganizationalUnitIds } : null,
        };
    }
}
