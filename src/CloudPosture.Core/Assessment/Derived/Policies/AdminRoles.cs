using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>adminRoles</c>, with <c>field</c>: a role's ARN, or a list of them. The number of these roles that may do everything: by AdministratorAccess,
/// by an attached policy, or by an inline one, as far as its boundary lets it. A role, policy or boundary that was not read, or is too hard to judge, is unknown. Evidence: the first. Sources: AWS::IAM::Role, AWS::IAM::ManagedPolicy, and the organization.
/// </summary>
internal sealed class AdminRoles(YamlMap arguments) : DerivedFunction
{
    private const string Role = "AWS::IAM::Role";
    private const string ManagedPolicy = "AWS::IAM::ManagedPolicy";
    private const string Administrator = ":iam::aws:policy/AdministratorAccess";
    private readonly FieldReference _field = Operators.Reference(arguments, "field");

    public override IReadOnlyList<string> Types => [Role, ManagedPolicy, OrganizationTypes.Organization];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (_field.Resolve(subject, out var value) == FieldState.Unreadable)
        {
            return DerivedValue.Unknown(explain ? $"{_field.Text} could not be read: {Conditions.Evidence.Of(_field.GapOf(subject)!)}" : null);
        }

        var (account, owner) = (subject.Account, OwnerOf.Subject(subject));
        var named = Texts(value.Json).ToList();
        var roles = account.Resources(Role).Where(role => named.Contains(role.Arn)).ToList();
        var verdicts = roles.Select(role => (role.Arn, IsAdministrator: IsAdministrator(account, role, owner))).ToList();
        var admins = verdicts.Where(verdict => verdict.IsAdministrator == true).Select(verdict => verdict.Arn).ToList();
        return admins.Count == 0 && roles.Count < named.Count
            ? DerivedValue.Unknown(explain ? $"a role in {_field.Text} is not among those that were read" : null)
            : admins.Count == 0 && verdicts.Find(verdict => verdict.IsAdministrator is null).Arn is { } open
            ? DerivedValue.Unknown(explain ? $"a policy or the boundary of {open} could not be read or judged" : null)
            : DerivedValue.Of(admins.Count, explain ? $"{_field.Text}: {admins.Count} administrators{(admins.Count > 0 ? $", {admins[0]}" : "")}" : null);
    }

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.String)
            .Select(item => item.GetString()!).Distinct(),
        _ => [],
    };

    // What a boundary keeps back no policy gives.
    private static bool? IsAdministrator(AccountIndex account, Resource role, Owner owner)
    {
        var attached = role.Configuration.Items("AttachedManagedPolicies").Select(policy => policy.Text("PolicyArn") ?? "").ToList();
        var inline = role.Configuration.Items("RolePolicyList").Select(policy => policy.Member("PolicyDocument")).ToList();
        var granted = AllowsEverything(account, attached, inline, owner);
        return granted == false || role.Configuration.Member("PermissionsBoundary")?.Text("PermissionsBoundaryArn") is not { } boundary ? granted
            : AllowsEverything(account, [boundary], [], owner) is not true and var kept ? kept
            : granted;
    }

    private static bool? AllowsEverything(AccountIndex account, IReadOnlyList<string> attached, IReadOnlyList<JsonElement?> inline, Owner owner)
    {
        if (attached.Any(arn => arn.EndsWith(Administrator, StringComparison.Ordinal)))
        {
            return true;
        }

        var policies = account.Resources(ManagedPolicy).Where(policy => attached.Contains(policy.Arn)).ToList();
        var documents = inline
            .Concat(policies.SelectMany(policy => policy.Configuration.Items("PolicyVersionList").Where(version => version.Flag("IsDefaultVersion")).Select(version => version.Member("Document"))))
            .Select(json => json is { } document ? PolicyDocument.Parse(document) : null)
            .ToList();
        var isAdministrator = IdentityPolicy.FullAdmin([.. documents.SelectMany(document => document?.Statements ?? [])], owner, out var isHard) is not null;
        return isAdministrator ? true
            : isHard || policies.Count < attached.Distinct(StringComparer.Ordinal).Count() || documents.Contains(null) ? null
            : false;
    }
}
