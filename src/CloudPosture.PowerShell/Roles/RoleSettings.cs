using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Policies;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Turns what a cmdlet was given into the role that is wanted.</summary>
internal static class RoleSettings
{
    /// <summary>The role that is wanted.</summary>
    /// <param name="settings">What the cmdlet was given.</param>
    public static RoleSpec ToSpec(this IRoleSettings settings)
    {
        if (settings.Part != RolePart.Hub && (settings.ReaderRoleName ?? settings.ReaderRolePath) is not null)
        {
            throw new ArgumentException("-ReaderRoleName and -ReaderRolePath name the role that a hub enters: give them with -Part Hub, or leave them out.");
        }

        var role = VendorPreset.Of(settings.Vendor).Build(new PresetValues
        {
            Part = settings.Part,
            HubAccountId = settings.HubAccountId,
            TrustedPrincipals = settings.TrustedPrincipal,
            ExternalId = settings.ExternalId,
            RoleName = settings.RoleName,
            ReaderRoleName = settings.ReaderRoleName,
            ReaderRolePath = settings.ReaderRolePath ?? "/",
            HubRolePath = settings.IncludeHub ? settings.RolePath : "/",
            Suffix = settings.Suffix,
            IncludeInspector = settings.IncludeInspector,
            Providers = ProvidersOf(settings),
            IncludeEvents = EventsOf(settings),
            Partition = settings.Partition,
            AccountId = settings.AccountId,
        }, ModuleFolder.Catalog);
        return (settings.Dressed(role) with
        {
            Description = settings.Description ?? role.Description,
            AllowNoExternalId = role.AllowNoExternalId || settings.Force,
        }).Validate();
    }

    private static IReadOnlyList<string> ProvidersOf(IRoleSettings settings) =>
        settings.IncludeProviderFinding is not { } providers ? []
        : IsOwnReader(settings) ? FindingProviders.Select(providers)
        : throw new ArgumentException("-IncludeProviderFinding is for CloudPosture's own reader: what other roles may do is their vendor's to say. Leave it out.");

    private static bool EventsOf(IRoleSettings settings) =>
        !settings.IncludeEvents || IsOwnReader(settings)
            ? settings.IncludeEvents
            : throw new ArgumentException("-IncludeEvents is for CloudPosture's own reader: what other roles may do is their vendor's to say. Leave it out.");

    private static bool IsOwnReader(IRoleSettings settings) => settings.Vendor == Vendor.CloudPosture && settings.Part == RolePart.Reader;

    /// <summary>The hub that enters a reader, beside which it is made.</summary>
    /// <param name="settings">What the cmdlet was given for the reader.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="accountId">The account where it is made; null where that is not known.</param>
    public static RoleSpec ToHub(this IRoleSettings settings, RoleSpec reader, string? accountId)
    {
        var hub = VendorPreset.Of(settings.Vendor).Build(new PresetValues
        {
            Part = RolePart.Hub,
            HubAccountId = settings.HubAccountId,
            ExternalId = reader.ExternalId,
            ReaderRoleName = reader.RoleName,
            ReaderRolePath = reader.Path,
            Partition = reader.Partition,
        }, ModuleFolder.Catalog);
        if (!reader.TrustedPrincipals.Any(principal => principal.AccountId is not null && principal.AccountId == settings.HubAccountId))
        {
            throw new ArgumentException("The roles would not trust the account of the hub that -IncludeHub makes: give that account as -HubAccountId, and leave -TrustedPrincipal out.");
        }

        if (accountId is not null && accountId != settings.HubAccountId)
        {
            throw new ArgumentException($"-IncludeHub makes the hub in the management account, {accountId}, and the roles would trust {settings.HubAccountId}: give -HubAccountId {accountId}, or leave -IncludeHub out and make the hub in {settings.HubAccountId} with New-PostureRole -Part Hub.");
        }

        return (settings.Dressed(hub) with { AllowNoExternalId = hub.AllowNoExternalId || reader.AllowNoExternalId }).Validate();
    }

    /// <summary>A role with the settings that all roles of a command have.</summary>
    private static RoleSpec Dressed(this IRoleSettings settings, RoleSpec role) => role with
    {
        Path = settings.RolePath,
        Tags = settings.Tag?.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => settings.Tag[key]?.ToString() ?? "") ?? [],
        PermissionsBoundary = settings.PermissionsBoundary,
        MaxSessionDuration = settings.MaxSessionDuration,
    };

    /// <summary>What is worth knowing before the role is made, and no reason to refuse it.</summary>
    /// <param name="settings">What the cmdlet was given.</param>
    /// <param name="role">The role.</param>
    public static IEnumerable<string> WarningsOf(this IRoleSettings settings, RoleSpec role)
    {
        // Events are customer data too, of which nobody need be warned who asks for them.
        var asked = settings.IncludeEvents ? ModuleFolder.Catalog.Events.SelectMany(service => service.Actions).ToList() : [];
        var linter = new PolicyLinter(ModuleFolder.Catalog);
        var data = role.CustomPolicies.SelectMany(policy => linter.Check(policy.Document))
            .Where(issue => issue.Kind == PolicyIssueKind.CustomerData)
            .Select(issue => issue.Action)
            .Except(asked, StringComparer.OrdinalIgnoreCase).ToList();
        return data.Count == 0
            ? role.Warnings
            : role.Warnings.Append($"The vendor asks for actions that return customer data, not configuration: {string.Join(", ", data)}.");
    }
}
