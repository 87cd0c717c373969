using System.Collections.Generic;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>What is to be handed over.</summary>
public sealed record TemplateRequest
{
    /// <summary>The role; in a StackSet, the one of every account.</summary>
    public required RoleSpec Role { get; init; }

    /// <summary>StackSet only: a role that the management account gets beside its own reader; null for none.</summary>
    public RoleSpec? Hub { get; init; }

    /// <summary>StackSet only: the account that the hub is made in, which is the one that the roles trust; null for no hub.</summary>
    public string? HubAccountId { get; init; }

    /// <summary>StackSet only: organizational units and roots whose accounts get the role; empty to ask when the stack is created.</summary>
    public IReadOnlyList<string> OrganizationalUnitIds { get; init; } = [];

    /// <summary>StackSet only: whether the management account gets the role too.</summary>
    public bool IncludeManagementAccount { get; init; } = true;
}
