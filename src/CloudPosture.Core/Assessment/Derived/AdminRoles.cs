using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>adminRoles</c>, with <c>field</c>: a role's ARN, or a list of them. The number of these roles that may do everything: by AdministratorAccess,
/// by an attached policy, or by an inline one. A role that was not read is unknown. Evidence: the first. Sources: AWS::IAM::Role, AWS::IAM::ManagedPolicy.
/// </summary>
internal sealed class AdminRoles(YamlMap arguments) : DerivedFunction
{
    private const string Role = "AWS::IAM::Role";
    private const string ManagedPolicy = "AWS::IAM::ManagedPolicy";
    private const string Administrator = ":iam::aws:policy/AdministratorAccess";
    private readonly FieldReference _field = Operators.Reference(arguments, "field");

    public override IReadOnlyList<string> Types => [Role, ManagedPolicy];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        if (_field.Resolve(subject, out var value) == FieldState.Unreadable)
        {
            return DerivedValue.Unknown(explain ? $"{_field.Text} could not be read: {Conditions.Evidence.Of(_field.GapOf(subject)!)}" : null);
        }

        var account = subject.Account;
        var named = Texts(value.Json).ToList();
        var roles = account.Resources(Role).Where(role => named.Contains(role.Arn)).ToList();
        var admins = roles.Where(role => IsAdministrator(account, role)).Select(role => role.Arn).ToList();
        return admins.Count == 0 && roles.Count < named.Count
            ? DerivedValue.Unknown(explain ? $"a role in {_field.Text} is not among those that were read" : null)
            : DerivedValue.Of(admins.Count, explain ? $"{_field.Text}: {admins.Count} administrators{(admins.Count > 0 ? $", {admins[0]}" : "")}" : null);
    }

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Distinct(),
        _ => [],
    };

    private static bool IsAdministrator(AccountIndex account, Resource role)
    {
        var attached = new HashSet<string>(role.Configuration.Items("AttachedManagedPolicies").Select(policy => policy.Text("PolicyArn") ?? ""), StringComparer.Ordinal);
        return attached.Any(arn => arn.EndsWith(Administrator, StringComparison.Ordinal))
            || role.Configuration.Items("RolePolicyList").Any(inline => IsFullAdmin(inline.Member("PolicyDocument")))
            || account.Resources(ManagedPolicy).Any(policy => attached.Contains(policy.Arn)
                && policy.Configuration.Items("PolicyVersionList").Any(version => version.Flag("IsDefaultVersion") && IsFullAdmin(version.Member("Document"))));
    }

    private static bool IsFullAdmin(JsonElement? document) =>
        document is { } json && PolicyDocument.Parse(json) is { } policy && policy.AllowsEverything();
}
