using System.Collections.Generic;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Policies;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>inlineFullAdmin</c>, without arguments: true where an inline policy of a user, group or role allows every action on every
/// resource (see <see cref="PolicyIsFullAdmin"/>). Evidence: the policy and its statement.
/// </summary>
internal sealed class InlineFullAdmin : DerivedFunction
{
    private static readonly FieldReference[] Lists =
    [
        FieldReference.Parse("UserPolicyList"), FieldReference.Parse("GroupPolicyList"), FieldReference.Parse("RolePolicyList"),
    ];

    public override IReadOnlyList<string> Types => [OwnerOf.OrganizationType];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        string? unknown = null;
        var owner = OwnerOf.Subject(subject);
        foreach (var list in Lists)
        {
            var state = list.Resolve(subject, out var policies);
            if (state == FieldState.Unreadable)
            {
                unknown = "the inline policies could not be read";
            }

            if (state != FieldState.Present || !policies.IsArray)
            {
                continue;
            }

            foreach (var inline in policies.Json.EnumerateArray())
            {
                if (!inline.TryGetProperty("PolicyDocument", out var json) || PolicyDocument.Parse(json) is not { } policy)
                {
                    unknown = "an inline policy could not be understood";
                }
                else if (IdentityPolicy.FullAdmin(policy.Statements, owner, out var isUndecided) is { } statement)
                {
                    return DerivedValue.Of(true, explain ? $"inline policy {inline.GetProperty("PolicyName").GetString()}: {statement.Label} allows every action on every resource" : null);
                }
                else if (isUndecided)
                {
                    unknown = "an inline policy has more combinations than can be judged";
                }
            }
        }

        return unknown is null ? DerivedValue.Of(false, "no inline policy allows everything") : DerivedValue.Unknown(unknown);
    }
}
