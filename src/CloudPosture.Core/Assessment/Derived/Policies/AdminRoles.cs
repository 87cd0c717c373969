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
/// by an attached policy, or by an inline one. A role that was not read is unknown. Evidence: the first. Sources: AWS::IAM::Role, AWS::IAM::ManagedPolicy, and the organization.
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
        var isUndecided = false;
        var admins = roles.Where(role => IsAdministrator(account, role, owner, ref isUndecided)).Select(role => role.Arn).ToList();
        return admins.Count == 0 && roles.Count < named.Count
            ? DerivedValue.Unknown(explain ? $"a role in {_field.Text} is not among those that were read" : null)
            : admins.Count == 0 && isUndecided
            ? DerivedValue.Unknown(explain ? $"the policies of a role in {_field.Text} have more combinations than can be judged" : null)
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

    private static bool IsAdministrator(AccountIndex account, Resource role, Owner owner, ref bool isUndecided)
    {
        var attached = new HashSet<string>(role.Configuration.Items("AttachedManagedPolicies").Select(policy => policy.Text("PolicyArn") ?? ""), StringComparer.Ordinal);
        var documents = role.Configuration.Items("RolePolicyList").Select(inline => inline.Member("PolicyDocument"))
            .Concat(account.Resources(ManagedPolicy).Where(policy => attached.Contains(policy.Arn))
                .SelectMany(policy => policy.Configuration.Items("PolicyVersionList").Where(version => version.Flag("IsDefaultVersion")).Select(version => version.Member("Document"))));
        if (attached.Any(arn => arn.EndsWith(Administrator, StringComparison.Ordinal)))
        {
            return true;
        }

        var isAdministrator = IdentityPolicy.FullAdmin([.. documents.SelectMany(Statements)], owner, out var isHard) is not null;
        isUndecided |= isHard;
        return isAdministrator;
    }

    private static IEnumerable<Statement> Statements(JsonElement? document) =>
        document is { } json && PolicyDocument.Parse(json) is { } policy ? policy.Statements : [];
}
