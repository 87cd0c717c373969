using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPosture.Onboarding.Roles;

/// <summary>
/// Tells what was made for a role by this product from what is the company's own, so that a removal takes no more than it
/// gave. Nothing is tagged for it: what is made bears a preset's name and the role's path, and says what it is for.
/// </summary>
internal static class RoleOrigin
{
    private static readonly Lazy<IReadOnlyList<PresetRole>> Roles = new(() => [.. VendorPreset.All.SelectMany(preset => preset.Roles)]);

    /// <summary>Whether a managed policy that is attached to the role was made for it: it bears the name of a preset's policy, stands at the role's path, and has the description that it was given with the role.</summary>
    /// <param name="policy">What GetPolicy tells.</param>
    /// <param name="state">The role.</param>
    public static bool IsPolicyOf(JsonNode policy, RoleState state) =>
        IsPolicyName((string)policy["PolicyName"]!)
        && (string?)policy["Path"] == state.Path
        && (string?)policy["Description"] is { Length: > 0 } description
        && (description == (string?)state.Role["Description"] || IsDescription(description));

    /// <summary>Whether an instance profile that holds the role was made with it: it bears the role's name and path, and the role is a preset's.</summary>
    /// <param name="profile">What ListInstanceProfilesForRole tells.</param>
    /// <param name="state">The role.</param>
    public static bool IsProfileOf(JsonNode profile, RoleState state) =>
        (string?)profile["InstanceProfileName"] == state.Name && (string?)profile["Path"] == state.Path && IsOfPreset(state);

    /// <summary>Whether a principal is the vendor's own, written out in a preset.</summary>
    /// <param name="principal">The principal.</param>
    public static bool IsVendors(TrustedPrincipal principal) => !principal.IsService
        && Roles.Value.SelectMany(role => role.Trust).Any(trusted => PartitionPattern.Fill(trusted, PartitionPattern.Of(principal.Value) ?? "") == principal.Value);

    /// <summary>A role whose name and description were chosen by its user still holds a preset's policies.</summary>
    private static bool IsOfPreset(RoleState state) =>
        Roles.Value.Any(role => role.Name == state.Name)
        || ((string?)state.Role["Description"] is { Length: > 0 } description && IsDescription(description))
        || state.InlinePolicies.Keys.Any(name => Roles.Value.Any(role => role.InlinePolicy?.Name == name))
        || state.AttachedArns.Any(arn => arn.IndexOf(":iam::aws:", StringComparison.Ordinal) < 0 && IsPolicyName(arn.Substring(arn.LastIndexOf('/') + 1)));

    private static bool IsDescription(string text) => Roles.Value.Any(role => role.Description == text);

    // Where the least privilege takes more than one policy, the others are numbered from 2.
    private static bool IsPolicyName(string name) => Roles.Value.Select(role => role.CustomPolicy).OfType<PresetPolicy>().Any(policy =>
        policy.Name == name || (policy.LeastPrivilege && Regex.IsMatch(name, $@"^{Regex.Escape(policy.Name)}-[0-9]+\z", RegexOptions.CultureInvariant)));
}
