using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Policies;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Turns what a cmdlet was given into the role that is wanted.</summary>
internal static class RoleSettings
{
    public static RoleSpec ToSpec(this IRoleSettings settings, bool includeInspector, bool force, string partition = "aws")
    {
        var role = VendorPreset.Of(settings.Vendor).Build(new PresetValues
        {
            Part = settings.Part,
            HubAccountId = settings.HubAccountId,
            TrustedPrincipals = settings.TrustedPrincipal,
            ExternalId = settings.ExternalId,
            RoleName = settings.RoleName,
            Suffix = settings.Suffix,
            IncludeInspector = includeInspector,
            Partition = partition,
            AccountId = settings.AccountId,
        });
        return (role with
        {
            Path = settings.RolePath,
            Description = settings.Description ?? role.Description,
            Tags = settings.Tag?.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => settings.Tag[key]?.ToString() ?? "") ?? [],
            PermissionsBoundary = settings.PermissionsBoundary,
            MaxSessionDuration = settings.MaxSessionDuration,
            AllowNoExternalId = role.AllowNoExternalId || force,
        }).Validate();
    }

    /// <summary>What is worth knowing before the role is made, and no reason to refuse it.</summary>
    public static IEnumerable<string> WarningsOf(RoleSpec role)
    {
        var linter = new PolicyLinter();
        var data = role.CustomPolicies.SelectMany(policy => linter.Check(policy.Document)).Where(issue => issue.Kind == PolicyIssueKind.CustomerData).Select(issue => issue.Action).ToList();
        return data.Count == 0
            ? role.Warnings
            : role.Warnings.Append($"The vendor asks for actions that return customer data, not configuration: {string.Join(", ", data)}.");
    }
}
