using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>policyIsFullAdmin</c>, with an optional <c>field</c>: the path of an identity policy; without it, the default version of an
/// AWS::IAM::ManagedPolicy. True where statements together allow every action that IAM knows on every resource, no condition narrows
/// what they allow, and no Deny takes away what no policy singles out. Evidence: the statement that allows that.
/// </summary>
internal sealed class PolicyIsFullAdmin : DerivedFunction
{
    private static readonly FieldReference AwsVersion = FieldReference.Parse("PolicyVersion.Document");
    private static readonly FieldReference OwnVersions = FieldReference.Parse("PolicyVersionList");
    private readonly FieldReference? _field;

    public PolicyIsFullAdmin(YamlMap arguments) =>
        _field = arguments.Node("field") is null ? null : Operators.Reference(arguments, "field");

    public override IReadOnlyList<string> Types => [OrganizationTypes.Organization];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var state = Find(subject, out var document);
        if (state != FieldState.Present)
        {
            return state == FieldState.Absent && _field is not null
                ? DerivedValue.Of(false, explain ? $"{_field.Text}: there is no policy" : null)
                : DerivedValue.Unknown(explain ? "the policy document could not be read" : null);
        }

        if (PolicyDocument.Parse(document) is not { } policy)
        {
            return DerivedValue.Unknown(explain ? "the policy document could not be understood" : null);
        }

        var owner = OwnerOf.Subject(subject);
        var statement = IdentityPolicy.FullAdmin(policy.Statements, owner, out var isUndecided);
        return isUndecided ? DerivedValue.Unknown("the policy has more combinations than can be judged") : DerivedValue.Of(statement is not null, !explain ? null
            : statement is null ? "no statement allows everything"
            : $"{statement.Label} allows every action on every resource");
    }

    private FieldState Find(in Subject subject, out JsonElement document)
    {
        var state = (_field ?? AwsVersion).Resolve(subject, out var value);
        document = value.Json;
        if (state != FieldState.Absent || _field is not null)
        {
            return state;
        }

        state = OwnVersions.Resolve(subject, out var versions);
        if (state == FieldState.Present && versions.IsArray)
        {
            foreach (var version in versions.Json.EnumerateArray())
            {
                if (version.TryGetProperty("IsDefaultVersion", out var isDefault) && isDefault.ValueKind == JsonValueKind.True)
                {
                    return version.TryGetProperty("Document", out document) ? FieldState.Present : FieldState.Absent;
                }
            }
        }

        return state == FieldState.Present ? FieldState.Absent : state;
    }
}
